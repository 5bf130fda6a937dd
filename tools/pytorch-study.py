#!/usr/bin/env python3
"""The whole script that a study replaces: PyTorch trains the same networks on the same images by the same recipe.

usage: pytorch-study.py JOB.json [--precision float32|bfloat16]

Needs PyTorch and NumPy (`pip install torch numpy`). The job is what `nx run orchestrator:bench-study` writes: networks as
netspace NetworkConfigs, a recipe, and where the bytes of the images lie. Two processes with one thread each take one network
after the other, channels last, under autocast where the precision is bfloat16. Each epoch trains on shuffled images, cropped
and mirrored as the recipe says, and tests. Prints a JSON line a network: its index and test error in per cent.
"""
import argparse
import importlib.util
import json
import math
import multiprocessing
from pathlib import Path

PROCESSES = 2


def load_build():
    """`build` of pytorch-peer.py, whose name is no module's."""
    path = Path(__file__).with_name("pytorch-peer.py")
    specification = importlib.util.spec_from_file_location("pytorch_peer", path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module.build


class Trainer:
    """Holds the images, and trains networks on them."""

    def __init__(self, job, precision):
        import numpy
        import torch

        self.torch, self.recipe, self.dataset = torch, job["recipe"], job["dataset"]
        self.bfloat16 = precision == "bfloat16"
        side, channels = self.dataset["imageSize"], self.dataset["channels"]

        def part(name):
            files = self.dataset["parts"][name]
            images = numpy.fromfile(files["images"], numpy.uint8).reshape(-1, channels, side, side)
            labels = numpy.fromfile(files["labels"], numpy.uint16).astype(numpy.int64)
            return torch.from_numpy(images), torch.from_numpy(labels)

        shape = (1, channels, 1, 1)
        self.mean = torch.tensor(self.dataset["mean"]).reshape(shape)
        self.deviation = torch.tensor(self.dataset["standardDeviation"]).reshape(shape)
        self.train_images, self.train_labels = part("train")
        self.test_images, self.test_labels = part("test")

    def normalised(self, images):
        values = (images.float() / 255 - self.mean) / self.deviation
        return values.contiguous(memory_format=self.torch.channels_last)

    def augmented(self, images):
        """Each image cropped at a place of its own out of a padded one, and half of them mirrored."""
        torch, padding = self.torch, self.recipe["augmentation"]["cropPadding"]
        count, side = images.shape[0], images.shape[-1]
        values = torch.nn.functional.pad(self.normalised(images), [padding] * 4)
        top, left = torch.randint(0, 2 * padding + 1, (2, count, 1))
        rows, columns = top + torch.arange(side), left + torch.arange(side)
        if self.recipe["augmentation"]["mirror"] and self.dataset["mirrorable"]:
            mirrored = torch.rand(count, 1) < 0.5
            columns = torch.where(mirrored, columns.flip(1), columns)
        image = torch.arange(count)
        cut = values.permute(0, 2, 3, 1)[image[:, None, None], rows[:, :, None], columns[:, None, :]]
        return cut.permute(0, 3, 1, 2)

    def rate(self, epoch):
        """Half-period cosine from the base to 0, with a linear warm-up; `epoch` with its fraction."""
        warmup, base = self.recipe["warmup"], self.recipe["learningRate"]["base"]
        cosine = base * (1 + math.cos(math.pi * epoch / self.recipe["epochs"])) / 2
        if epoch >= warmup["epochs"]:
            return cosine
        share = epoch / warmup["epochs"]
        return cosine * (warmup["factor"] * (1 - share) + share)

    def optimiser(self, network):
        own = self.recipe["optimizer"]
        return self.torch.optim.SGD(
            network.parameters(),
            lr=0.0,
            momentum=own["momentum"],
            nesterov=own["nesterov"],
            weight_decay=own["weightDecay"],
        )

    def autocast(self):
        return self.torch.autocast("cpu", dtype=self.torch.bfloat16, enabled=self.bfloat16)

    def train_epoch(self, network, optimiser, epoch):
        functional, size = self.torch.nn.functional, self.recipe["batchSize"]
        network.train()
        steps = len(self.train_labels) // size
        order = self.torch.randperm(len(self.train_labels))
        for step in range(steps):
            chosen = order[step * size : (step + 1) * size]
            for group in optimiser.param_groups:
                group["lr"] = self.rate(epoch + step / steps)
            optimiser.zero_grad()
            with self.autocast():
                outputs = network(self.augmented(self.train_images[chosen]))
                loss = functional.cross_entropy(outputs, self.train_labels[chosen])
            loss.backward()
            optimiser.step()

    def error(self, network):
        network.eval()
        wrong, size = 0, self.recipe["batchSize"]
        with self.torch.inference_mode(), self.autocast():
            for start in range(0, len(self.test_labels), size):
                outputs = network(self.normalised(self.test_images[start : start + size]))
                wrong += (outputs.argmax(1) != self.test_labels[start : start + size]).sum().item()
        return 100 * wrong / len(self.test_labels)

    def train(self, network):
        network = network.to(memory_format=self.torch.channels_last)
        optimiser = self.optimiser(network)
        for epoch in range(self.recipe["epochs"]):
            self.train_epoch(network, optimiser, epoch)
            error = self.error(network)
        return error


def work(job, precision, tasks, results):
    import torch

    torch.set_num_threads(1)
    build, trainer = load_build(), Trainer(job, precision)
    for index in iter(tasks.get, None):
        torch.manual_seed(index)
        results.put((index, trainer.train(build(job["networks"][index]))))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("job")
    parser.add_argument("--precision", choices=["float32", "bfloat16"], default="float32")
    options = parser.parse_args()
    job = json.loads(Path(options.job).read_text())
    context = multiprocessing.get_context("spawn")
    tasks, results = context.Queue(), context.Queue()
    for index in [*range(len(job["networks"])), *[None] * PROCESSES]:
        tasks.put(index)
    arguments = (job, options.precision, tasks, results)
    workers = [context.Process(target=work, args=arguments, daemon=True) for _ in range(PROCESSES)]
    for worker in workers:
        worker.start()
    for _ in job["networks"]:
        index, error = results.get()
        print(json.dumps({"index": index, "error": error}), flush=True)
    for worker in workers:
        worker.join()


if __name__ == "__main__":
    main()
