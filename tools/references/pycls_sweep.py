"""
A sweep as pycls' own code collects it, for the tests of @netspace/imports: log lines by `dump_log_data`, read and sorted
as `sweep_collect.py` does, configurations by its `cfg`. Needs a checkout of pycls (github.com/facebookresearch/pycls); its
`torch` and the like are not used and stand-ins for them suffice.

    python3 -m pip install yacs iopath simplejson pyyaml
    python3 tools/references/pycls_sweep.py PYCLS > packages/imports/src/fixtures/sweep.json
"""

import json
import os
import sys
import tempfile
from unittest import mock

sys.path.insert(0, sys.argv[1])
for name in ["torch", "torch.distributed", "pycls.core.distributed"]:
    sys.modules[name] = mock.MagicMock()

import pycls.core.logging as logging  # noqa: E402
from pycls.core.config import cfg  # noqa: E402

EPOCHS = 3
defaults = cfg.dump()
root = os.path.join(tempfile.mkdtemp(), "RegNetX-tiny", "logs")


def regnet(**values):
    return {"MODEL": {"TYPE": "regnet", "NUM_CLASSES": 10}, "TRAIN": {"IM_SIZE": 32}, "REGNET": values}


def job(number, settings, errors, losses, err=""):
    cfg.merge_from_other_cfg(cfg.load_cfg(defaults))
    for section, values in settings.items():
        for key, value in values.items():
            cfg[section][key] = value
    cfg.OPTIM.MAX_EPOCH = EPOCHS
    lines = [logging.dump_log_data(json.loads(json.dumps(cfg)), "cfg", None)]
    lines += [logging.dump_log_data({"flops": 4000000 + number, "params": 70000, "acts": 60000}, "complexity")]
    for epoch, (error, loss) in enumerate(zip(errors, losses)):
        at = "{}/{}".format(epoch + 1, EPOCHS)
        lines += [logging.dump_log_data({"epoch": at, "loss": loss, "time_epoch": 1.5}, "train_epoch")]
        low = min(errors[: epoch + 1])
        lines += [logging.dump_log_data({"epoch": at, "top1_err": error, "min_top1_err": low}, "test_epoch")]
    folder = os.path.join(root, "{:04}".format(number))
    os.makedirs(folder)
    log = os.path.join(folder, "stdout.log")
    with open(log, "w") as file:
        file.write("\n".join("[logging.py] " + line for line in lines) + "\n")
    data = logging.sort_log_data(logging.load_log_data(log, ["train_iter", "test_iter"]))
    return {**data, "log_file": log.replace(os.path.dirname(os.path.dirname(root)), "sweeps"), "err": err}


small = regnet(DEPTH=6, W0=16, WA=8.0, WM=2.5, GROUP_W=8, BOT_MUL=1.0)
anynet = {
    "MODEL": {"TYPE": "anynet", "NUM_CLASSES": 10},
    "TRAIN": {"IM_SIZE": 32},
    "ANYNET": {"DEPTHS": [1, 2], "WIDTHS": [16, 32], "STRIDES": [2, 2], "BOT_MULS": [2.0, 2.0], "GROUP_WS": [8, 8]},
}
sweep = [
    job(1, small, [60.5, 44.25, 46.5], [1.9, 1.5, 1.2]),
    job(2, {**small, "OPTIM": {"BASE_LR": 0.4}}, [61.5, 52.0, 50.25], [2.0, 1.6, 1.3]),
    job(3, anynet, [70.0, 65.5, 64.0], [2.1, 1.9, 1.8]),
    job(4, {"MODEL": {"TYPE": "effnet"}}, [55.0, 50.0, 49.0], [1.8, 1.4, 1.1]),
    job(5, small, [80.0], [9.5], "ValueError: Out of range float values are not JSON compliant: nan\n"),
    job(6, small, [72.0, 70.0], [2.0, 1.9], "Traceback ...\nRuntimeError: CUDA out of memory\n"),
]
json.dump(sweep, sys.stdout, sort_keys=True)
