"""What searches find on the oracles of @netspace/refine, with as many trainings as refining took.

    pip install numpy optuna
    node packages/refine/bench/power.mjs 20 chains.jsonl
    python tools/peers/search_oracles.py chains.jsonl 20

Random search draws networks of the oracle's whole space; Optuna's TPE sampler, with its defaults, proposes them. Every
search sees errors with the same noise as refining did (a standard deviation of 1 point), and its find is the network that
measured best; what is told is its true error.
"""

import json
import pathlib
import subprocess
import sys

import numpy as np
import optuna

ROOT = pathlib.Path(__file__).parents[2]
SERVER = ROOT / "packages/refine/bench/oracle-server.mjs"
# In the order of packages/refine/src/simulation/oracles.ts; whether b and g are of each stage.
ORACLES = {
    "b matters little": True,
    "widths must rise": True,
    "a quantised line is best": False,
    "an optimum inside": True,
    "an interaction": True,
    "nothing matters": True,
    "everything costs too much": True,
}
NOISE = 1
STAGES = 4


class Oracle:
    """The true errors of networks, as the program that knows them answers."""

    def __init__(self):
        self.process = subprocess.Popen(["node", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, **question):
        print(json.dumps(question), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())


def best(truths, random):
    """The true error of what measures best."""
    truths = np.asarray(truths)
    return truths[np.argmin(truths + NOISE * random.standard_normal(len(truths)))]


def random_search(oracle, name, budget, seed):
    return best(oracle.ask(oracle=name, draw=budget, seed=seed), np.random.default_rng(seed))


def tpe(oracle, name, budget, seed):
    random = np.random.default_rng(seed)
    truths = []

    def suggest(trial, key):
        if key.startswith("d"):
            return trial.suggest_int(key, 1, 8, log=True)
        if key.startswith("w"):
            return trial.suggest_int(key, 16, 128, step=16)
        return trial.suggest_categorical(key, [1, 2, 4] if key.startswith("b") else [1, 2, 4, 8, 16])

    def objective(trial):
        common = {} if ORACLES[name] else {key: suggest(trial, key) for key in "bg"}
        own = "dwbg" if ORACLES[name] else "dw"
        stages = [{key: suggest(trial, f"{key}{stage}") for key in own} | common for stage in range(STAGES)]
        truths.append(oracle.ask(oracle=name, stages=stages))
        return truths[-1] + NOISE * random.standard_normal()

    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
    study.optimize(objective, n_trials=budget)
    return truths[study.best_trial.number]


def told(values):
    """Mean and the half-width of its 95 % interval."""
    return f"{np.mean(values):.2f} ± {1.96 * np.std(values, ddof=1) / np.sqrt(len(values)):.2f}"


def main(file, count):
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    lines = [json.loads(line) for line in pathlib.Path(file).read_text().splitlines()]
    oracle = Oracle()
    print("| oracle | trainings | random search | Optuna's TPE | refining | a network of the refined space |")
    print("| --- | --- | --- | --- | --- | --- |")
    for index, name in enumerate(ORACLES):
        chains = [line for line in lines if line["oracle"] == index and line["seed"] <= count]
        budgets = [(line["chain"]["trainings"], line["seed"]) for line in chains]
        refined = [line["chain"] for line in chains]
        searches = [[search(oracle, name, *one) for one in budgets] for search in (random_search, tpe)]
        cells = [
            name,
            f"{np.mean([budget for budget, _ in budgets]):.0f}",
            *[told(search) for search in searches],
            told([chain["best"] for chain in refined]),
            f"{100 * np.mean([chain['rank'] for chain in refined]):.0f} %",
        ]
        print("|", " | ".join(cells), "|", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
