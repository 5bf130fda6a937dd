#!/usr/bin/env python3
"""PyTorch's training speed on any networks: the peer that the engines' benchmarks are compared with.

usage: pytorch-peer.py [--batch N] [--seconds S] [--best | --processes P --threads T] < NETWORKS.jsonl

Reads one netspace NetworkConfig (JSON) a line. Needs PyTorch (`pip install torch`, the current one). For each network and
configuration it prints one JSON line with the images per second over all processes. A step is forward, cross-entropy,
backward and SGD (momentum 0.9, Nesterov, weight decay 5e-5) in float32 on random data made once; P processes train P
copies at a time, each with T threads. --best runs 1 x 2 threads and 2 x 1 thread, channels first and last, and prints
only the fastest.
"""
import argparse
import json
import multiprocessing
import sys
import time


def build(config):
    """The network of a NetworkConfig as a torch module: blocks x, y, r, basic, vanilla, v, vr, res_bottleneck_linear."""
    from torch import nn
    from torch.nn import functional as F

    def conv(inputs, outputs, kernel, stride=1, groups=1):
        return nn.Conv2d(inputs, outputs, kernel, stride, (kernel - 1) // 2, groups=groups, bias=False)

    def conv_norm(inputs, outputs, kernel, stride=1, groups=1, relu=True):
        layers = [conv(inputs, outputs, kernel, stride, groups), nn.BatchNorm2d(outputs)]
        return nn.Sequential(*layers, *([nn.ReLU(True)] if relu else []))

    class SqueezeExcitation(nn.Module):
        def __init__(self, width, reduced):
            super().__init__()
            layers = [nn.Conv2d(width, reduced, 1), nn.ReLU(True), nn.Conv2d(reduced, width, 1), nn.Sigmoid()]
            self.gate = nn.Sequential(nn.AdaptiveAvgPool2d(1), *layers)

        def forward(self, x):
            return x * self.gate(x)

    class Residual(nn.Module):
        def __init__(self, body, inputs, outputs, stride, relu=True, projection=True):
            super().__init__()
            self.body, self.relu = body, relu
            changes = inputs != outputs or stride != 1
            self.identity = not changes or projection
            self.projection = conv_norm(inputs, outputs, 1, stride, relu=False) if changes and projection else None

        def forward(self, x):
            y = self.body(x)
            if self.identity:
                y = y + (x if self.projection is None else self.projection(x))
            return F.relu(y, inplace=True) if self.relu else y

    def bottleneck(inputs, stage, stride, one_group=False, reduced=0):
        inner = round(stage["width"] / stage["bottleneckRatio"])
        groups = 1 if one_group else inner // min(stage["groupWidth"], inner)
        gate = [SqueezeExcitation(inner, reduced)] if reduced else []
        layers = [conv_norm(inputs, inner, 1), conv_norm(inner, inner, 3, stride, groups), *gate]
        return nn.Sequential(*layers, conv_norm(inner, stage["width"], 1, relu=False))

    def block(inputs, stage, stride):
        kind, width = config["block"], stage["width"]
        if kind in ("x", "y", "r"):
            reduced = round(inputs * config["squeezeExcitationRatio"]) if kind == "y" else 0
            return Residual(bottleneck(inputs, stage, stride, kind == "r", reduced), inputs, width, stride)
        if kind == "res_bottleneck_linear":
            body = bottleneck(inputs, stage, stride)
            return Residual(body, inputs, width, stride, relu=False, projection=False)
        two = nn.Sequential(conv_norm(inputs, width, 3, stride), conv_norm(width, width, 3, relu=kind == "vanilla"))
        one = conv_norm(inputs, width, 3, stride, relu=kind == "v")
        return {"vanilla": lambda: two, "v": lambda: one}.get(
            kind, lambda: Residual(two if kind == "basic" else one, inputs, width, stride)
        )()

    stem = config["stem"]
    kernel, stride = {"res_stem_cifar": (3, 1), "simple_stem_in": (3, 2), "res_stem_in": (7, 2)}[stem["type"]]
    layers = [conv_norm(config["imageChannels"], stem["width"], kernel, stride)]
    if stem["type"] == "res_stem_in":
        layers.append(nn.MaxPool2d(3, 2, 1))
    width = stem["width"]
    for stage in config["stages"]:
        for index in range(stage["depth"]):
            layers.append(block(width, stage, stage["stride"] if index == 0 else 1))
            width = stage["width"]
    if config["headWidth"]:
        layers.append(conv_norm(width, config["headWidth"], 1))
        width = config["headWidth"]
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, config["classes"]))


def train(config, batch, threads, seconds, channels_last, barrier, queue):
    import torch
    from torch.nn import functional as F

    torch.set_num_threads(threads)
    torch.manual_seed(0)
    network = build(config).train()
    images = torch.randn(batch, config["imageChannels"], config["imageSize"], config["imageSize"])
    labels = torch.randint(0, config["classes"], (batch,))
    if channels_last:
        network = network.to(memory_format=torch.channels_last)
        images = images.to(memory_format=torch.channels_last)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-5, nesterov=True)

    def step():
        optimizer.zero_grad()
        F.cross_entropy(network(images), labels).backward()
        optimizer.step()

    for _ in range(2):
        step()
    barrier.wait()
    start, steps = time.time(), 0
    while time.time() - start < seconds:
        step()
        steps += 1
    queue.put(steps * batch / (time.time() - start))


def measure(config, batch, processes, threads, channels_last, seconds):
    barrier, queue = multiprocessing.Barrier(processes), multiprocessing.Queue()
    arguments = (config, batch, threads, seconds, channels_last, barrier, queue)
    workers = [multiprocessing.Process(target=train, args=arguments) for _ in range(processes)]
    for worker in workers:
        worker.start()
    images_per_second = sum(queue.get() for _ in workers)
    for worker in workers:
        worker.join()
    return {
        "processes": processes,
        "threads": threads,
        "channels_last": channels_last,
        "images_per_second": round(images_per_second, 1),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--best", action="store_true")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    multiprocessing.set_start_method("spawn")
    plain = [(options.processes, options.threads, False)]
    configurations = [(p, t, c) for p, t in ((1, 2), (2, 1)) for c in (False, True)] if options.best else plain
    for line in sys.stdin:
        config = json.loads(line)
        results = [measure(config, options.batch, *each, options.seconds) for each in configurations]
        best = max(results, key=lambda result: result["images_per_second"])
        print(json.dumps(best), flush=True)


if __name__ == "__main__":
    main()
