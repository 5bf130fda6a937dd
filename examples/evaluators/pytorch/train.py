"""Trains networks for netspace in PyTorch.

Reads jobs as JSON lines from the standard input and writes progress, epochs and a result for each as JSON lines to the
standard output; the protocol stands in the README of @netspace/evaluators. Everything else goes to the standard error.

    train.py --data DIR       CIFAR-10, the files of its binary version (data_batch_1.bin, ..., test_batch.bin)
    train.py --synthetic N    N made-up training images and half as many test images

The networks are pycls' AnyNets (pycls/models/anynet.py), their initial weights too. A recipe's movingAverage,
preciseStatistics and bfloat16 are not implemented, and refused.
"""

import argparse
import json
import math
import pathlib
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")


# --- Networks


def conv(w_in, w_out, kernel, stride=1, groups=1, bias=False):
    return nn.Conv2d(w_in, w_out, kernel, stride, kernel // 2, groups=groups, bias=bias)


def conv_bn(w_in, w_out, kernel, stride=1, groups=1):
    return [conv(w_in, w_out, kernel, stride, groups), nn.BatchNorm2d(w_out)]


def conv_bn_relu(w_in, w_out, kernel, stride=1, groups=1):
    return [*conv_bn(w_in, w_out, kernel, stride, groups), nn.ReLU(inplace=True)]


class SqueezeExcitation(nn.Module):
    def __init__(self, width, reduced):
        super().__init__()
        self.gate = nn.Sequential(
            nn.AdaptiveAvgPool2d(1),
            conv(width, reduced, 1, bias=True),
            nn.ReLU(inplace=True),
            conv(reduced, width, 1, bias=True),
            nn.Sigmoid(),
        )

    def forward(self, x):
        return x * self.gate(x)


class Residual(nn.Module):
    """A transform beside a shortcut, which is projected where the shape changes."""

    def __init__(self, transform, w_in, w_out, stride):
        super().__init__()
        self.transform = nn.Sequential(*transform)
        keeps_shape = w_in == w_out and stride == 1
        self.shortcut = nn.Identity() if keeps_shape else nn.Sequential(*conv_bn(w_in, w_out, 1, stride))

    def forward(self, x):
        return F.relu(self.shortcut(x) + self.transform(x))


class LinearResidual(nn.Module):
    """A transform beside a shortcut where the shape does not change; without a ReLU behind."""

    def __init__(self, transform, w_in, w_out, stride):
        super().__init__()
        self.transform = nn.Sequential(*transform)
        self.keeps_shape = w_in == w_out and stride == 1

    def forward(self, x):
        y = self.transform(x)
        return x + y if self.keeps_shape else y


def bottleneck(w_in, stage, stride, group_width=None, squeeze=0):
    """1x1, 3x3 in groups, 1x1. `squeeze`: squeeze-excitation's width by the block's input width; 0 for none."""
    width = round(stage["width"] / stage["bottleneckRatio"])
    reduced = round(squeeze * w_in)
    return [
        *conv_bn_relu(w_in, width, 1),
        *conv_bn_relu(width, width, 3, stride, width // (group_width or width)),
        *([SqueezeExcitation(width, reduced)] if reduced > 0 else []),
        *conv_bn(width, stage["width"], 1),
    ]


def x_block(w_in, stage, stride, squeeze):
    return Residual(bottleneck(w_in, stage, stride, stage["groupWidth"]), w_in, stage["width"], stride)


def y_block(w_in, stage, stride, squeeze):
    return Residual(bottleneck(w_in, stage, stride, stage["groupWidth"], squeeze), w_in, stage["width"], stride)


def r_block(w_in, stage, stride, squeeze):
    return Residual(bottleneck(w_in, stage, stride), w_in, stage["width"], stride)


def res_bottleneck_linear_block(w_in, stage, stride, squeeze):
    return LinearResidual(bottleneck(w_in, stage, stride, stage["groupWidth"], squeeze), w_in, stage["width"], stride)


def basic_block(w_in, stage, stride, squeeze):
    width = stage["width"]
    return Residual([*conv_bn_relu(w_in, width, 3, stride), *conv_bn(width, width, 3)], w_in, width, stride)


def vr_block(w_in, stage, stride, squeeze):
    return Residual(conv_bn(w_in, stage["width"], 3, stride), w_in, stage["width"], stride)


def v_block(w_in, stage, stride, squeeze):
    return nn.Sequential(*conv_bn_relu(w_in, stage["width"], 3, stride))


def vanilla_block(w_in, stage, stride, squeeze):
    width = stage["width"]
    return nn.Sequential(*conv_bn_relu(w_in, width, 3, stride), *conv_bn_relu(width, width, 3))


BLOCKS = {
    "x": x_block,
    "y": y_block,
    "r": r_block,
    "v": v_block,
    "vr": vr_block,
    "basic": basic_block,
    "vanilla": vanilla_block,
    "res_bottleneck_linear": res_bottleneck_linear_block,
}

STEMS = {
    "res_stem_cifar": lambda channels, width: conv_bn_relu(channels, width, 3),
    "simple_stem_in": lambda channels, width: conv_bn_relu(channels, width, 3, 2),
    "res_stem_in": lambda channels, width: [*conv_bn_relu(channels, width, 7, 2), nn.MaxPool2d(3, 2, 1)],
}


def build(config):
    """The network of a configuration: stem, stages of blocks, head."""
    width = config["stem"]["width"]
    layers = STEMS[config["stem"]["type"]](config["imageChannels"], width)
    for stage in config["stages"]:
        for position in range(stage["depth"]):
            stride = stage["stride"] if position == 0 else 1
            layers.append(BLOCKS[config["block"]](width, stage, stride, config["squeezeExcitationRatio"]))
            width = stage["width"]
    if config["headWidth"] > 0:
        layers += conv_bn_relu(width, config["headWidth"], 1)
        width = config["headWidth"]
    network = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, config["classes"]))
    network.apply(initialise)
    return network


def initialise(module):
    if isinstance(module, nn.Conv2d):
        height, width = module.kernel_size
        module.weight.data.normal_(0, math.sqrt(2 / (height * width * module.out_channels)))
    elif isinstance(module, nn.Linear):
        module.weight.data.normal_(0, 0.01)
    if isinstance(module, (nn.Conv2d, nn.Linear)) and module.bias is not None:
        module.bias.data.zero_()


def parameters_of(network):
    return sum(parameter.numel() for parameter in network.parameters())


# --- Images: bytes [n, channels, height, width] and labels [n]


def read_cifar10(folder):
    def read(files):
        bytes_ = b"".join((pathlib.Path(folder) / file).read_bytes() for file in files)
        rows = torch.frombuffer(bytearray(bytes_), dtype=torch.uint8).view(-1, 1 + 3 * 32 * 32)
        return rows[:, 1:].reshape(-1, 3, 32, 32), rows[:, 0].long()

    return read([f"data_batch_{batch}.bin" for batch in range(1, 6)]), read(["test_batch.bin"])


def make_images(count, config):
    """Images of classes that differ in their mean image; the same for each job."""
    generator = torch.Generator().manual_seed(0)
    shape = (config["imageChannels"], config["imageSize"], config["imageSize"])
    means = torch.randint(64, 192, (config["classes"], *shape), generator=generator)

    def make(count):
        labels = torch.randint(config["classes"], (count,), generator=generator)
        noise = torch.randint(-64, 64, (count, *shape), generator=generator)
        return (means[labels] + noise).to(torch.uint8), labels

    return make(count), make(count // 2)


def normalised(train, test):
    """Both parts by the mean and standard deviation of the first, by channel."""
    images = train[0].float()
    mean, deviation = images.mean((0, 2, 3), keepdim=True), images.std((0, 2, 3), keepdim=True)
    return [((part[0].float() - mean).div(deviation).to(DEVICE), part[1].to(DEVICE)) for part in (train, test)]


def augmented(images, crop_padding, mirror):
    """Each image shifted by up to `crop_padding` pixels each way and, half of the time, mirrored."""
    n, channels, size, _ = images.shape
    device = images.device
    padded = F.pad(images, [crop_padding] * 4)
    # [2, n, size]: the rows and the columns of each image's window.
    window = torch.randint(2 * crop_padding + 1, (2, n, 1), device=device) + torch.arange(size, device=device)
    image = torch.arange(n, device=device).view(n, 1, 1, 1)
    channel = torch.arange(channels, device=device).view(1, channels, 1, 1)
    shifted = padded[image, channel, window[0].view(n, 1, size, 1), window[1].view(n, 1, 1, size)]
    if not mirror:
        return shifted
    return torch.where(torch.rand(n, 1, 1, 1, device=device) < 0.5, shifted.flip(3), shifted)


# --- Training


def learning_rate(recipe, epoch):
    """The rate at an epoch-fraction."""
    rate, warmup = recipe["learningRate"], recipe["warmup"]
    passed = epoch / recipe["epochs"]
    if rate["schedule"] == "cosine":
        factor = rate["minimumFactor"] + (1 - rate["minimumFactor"]) * (1 + math.cos(math.pi * passed)) / 2
    elif rate["schedule"] == "linear":
        factor = rate["minimumFactor"] + (1 - rate["minimumFactor"]) * (1 - passed)
    elif rate["schedule"] == "exponential":
        factor = rate["minimumFactor"] ** passed
    else:
        factor = rate["factor"] ** sum(epoch >= start for start in rate["epochs"])
    if epoch < warmup["epochs"]:
        factor *= warmup["factor"] + (1 - warmup["factor"]) * epoch / warmup["epochs"]
    return rate["base"] * factor


def optimizer_of(network, options):
    decays = {"weightDecay": [], "batchNormWeightDecay": [], "biasWeightDecay": []}
    for module in network.modules():
        for name, parameter in module.named_parameters(recurse=False):
            if isinstance(module, nn.BatchNorm2d):
                decays["batchNormWeightDecay"].append(parameter)
            else:
                decays["biasWeightDecay" if name == "bias" else "weightDecay"].append(parameter)
    groups = [{"params": parameters, "weight_decay": options[key]} for key, parameters in decays.items() if parameters]
    return torch.optim.SGD(groups, lr=0.1, momentum=options["momentum"], nesterov=options["nesterov"])


class Diverged(Exception):
    """The loss is not finite."""


def train(job, data, say):
    """Trains the network of a job and returns its result."""
    recipe = job["recipe"]
    check_recipe(recipe)
    torch.manual_seed(job["seed"])
    network = build(job["config"]).to(DEVICE)
    if parameters_of(network) != job["complexity"]["params"]:
        raise SystemExit(f"train.py: {parameters_of(network)} parameters, not {job['complexity']['params']}")
    optimizer = optimizer_of(network, recipe["optimizer"])
    training_images = training_seconds = 0
    try:
        for epoch in range(recipe["epochs"]):
            start = time.monotonic()
            trained = train_epoch(network, optimizer, data[0], recipe, epoch, say)
            training_seconds += time.monotonic() - start
            training_images += trained.pop("images")
            error, top5_error, loss = evaluate(network, *data[1], recipe["batchSize"])
            tested = {"testError": error, "testTop5Error": top5_error, "testLoss": loss}
            say({"epoch": epoch + 1, **tested, **trained, "seconds": time.monotonic() - start})
    except Diverged:
        return {"status": "diverged"}
    return {"error": error, "top5Error": top5_error, "imagesPerSecond": training_images / training_seconds}


def check_recipe(recipe):
    for key in ("movingAverage", "preciseStatistics"):
        if key in recipe:
            raise SystemExit(f"train.py: recipe.{key} is not implemented")
    if recipe.get("precision", "float32") != "float32":
        raise SystemExit(f"train.py: recipe.precision {recipe['precision']} is not implemented")


def train_epoch(network, optimizer, part, recipe, epoch, say):
    """One pass over the training images; returns its means."""
    images, labels = part
    batch_size, augmentation = recipe["batchSize"], recipe["augmentation"]
    steps = len(images) // batch_size
    order = torch.randperm(len(images), device=DEVICE)
    loss_sum = errors = 0
    said = time.monotonic()
    network.train()
    for step in range(steps):
        rate = learning_rate(recipe, epoch + step / steps)
        for group in optimizer.param_groups:
            group["lr"] = rate
        batch = order[step * batch_size : (step + 1) * batch_size]
        logits = network(augmented(images[batch], augmentation["cropPadding"], augmentation["mirror"]))
        loss = F.cross_entropy(logits, labels[batch], label_smoothing=recipe["labelSmoothing"])
        if not math.isfinite(loss.item()):
            raise Diverged
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        loss_sum += loss.item()
        errors += (logits.argmax(1) != labels[batch]).sum().item()
        if time.monotonic() - said > 1:
            said = time.monotonic()
            say({"progress": (epoch + (step + 1) / steps) / recipe["epochs"]})
    count = steps * batch_size
    return {"trainLoss": loss_sum / steps, "trainError": 100 * errors / count, "learningRate": rate, "images": count}


@torch.no_grad()
def evaluate(network, images, labels, batch_size):
    """Top-1 and top-5 error in per cent, and mean loss in nats."""
    network.eval()
    wrong = wrong5 = loss = 0
    for batch, expected in zip(images.split(batch_size), labels.split(batch_size)):
        logits = network(batch)
        loss += F.cross_entropy(logits, expected, reduction="sum").item()
        best = logits.topk(min(5, logits.shape[1])).indices == expected.view(-1, 1)
        wrong += (~best[:, 0]).sum().item()
        wrong5 += (~best.any(1)).sum().item()
    if not math.isfinite(loss):
        raise Diverged
    count = len(images)
    return 100 * wrong / count, 100 * wrong5 / count, loss / count


# --- The conversation with netspace


def main():
    parser = argparse.ArgumentParser()
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--data", help="folder of CIFAR-10's binary files")
    source.add_argument("--synthetic", type=int, help="number of made-up training images")
    options = parser.parse_args()
    data = None
    for line in sys.stdin:
        job = json.loads(line)

        def say(message):
            print(json.dumps({"job": job["job"], **message}, allow_nan=False), flush=True)

        if data is None:
            parts = read_cifar10(options.data) if options.data else make_images(options.synthetic, job["config"])
            data = normalised(*parts)
        say(train(job, data, say))


if __name__ == "__main__":
    main()
