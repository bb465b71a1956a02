"""Trains the network: `python -m training.train --layers 6`. Resumes where it stopped; uses a GPU where there is one."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from corpora.voices import Voice, read_voices
from training.batches import Encoded, Noise, Targets, batch, batches, encoded, targets
from training.encoder import load
from training.examples import Example, Labels, examples, labels_of, of_voices, parted
from training.growth import SWAPPED, taught
from training.network import Batch, Network
from training.scores import Scores, accuracy, split
from training.wordings import wordings

_T = TypeVar("_T", Batch, Targets)


@dataclass(frozen=True)
class Settings:
    """What decides a run; written into the card.

    `sections` is the weight of naming the section beside the figures, `swapped` how often words change for their like.
    `context` is `passage` or `sentence` (each alone), `pieces` is `words` or `characters`: what ships reads passages in words.
    """

    layers: int = 8
    epochs: int = 6
    size: int = 16
    encoder_rate: float = 2e-4
    head_rate: float = 2e-3
    decay: float = 0.01
    warmup: float = 0.1
    seed: int = 7
    hide_section: float = 0.3
    hide_words: float = 0.15
    voices: int = 0
    grown: float = 0.3
    sections: float = 0.2
    swapped: float = SWAPPED
    context: str = "passage"
    pieces: str = "words"


def device() -> torch.device:
    """The GPU where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def loss(found: tuple[Tensor, Tensor], wanted: Targets, labels: Labels, sections: float = 0.2) -> Tensor:
    """What training makes small: figures and signs, then period and scope, then the section."""
    figures, signs, periods, scopes = split(found[0].float(), labels)
    told = [
        _entropy(figures, wanted.figures),
        0.3 * _entropy(periods, wanted.periods),
        0.3 * _entropy(scopes, wanted.scopes),
    ]
    told.append(sections * nn.functional.cross_entropy(found[1].float(), wanted.sections))
    if wanted.is_sign.any():
        chosen = wanted.is_sign
        apart = nn.functional.binary_cross_entropy_with_logits(signs[chosen], wanted.signs[chosen], reduction="sum")
        told.append(apart / len(wanted.is_sign))
    return torch.stack(told).sum()


def _entropy(scores: Tensor, classes: Tensor) -> Tensor:
    counted = (classes >= 0).sum().clamp(min=1)
    return nn.functional.cross_entropy(scores, classes, ignore_index=-100, reduction="sum") / counted


def fit(
    network: Network, lesson: Callable[[int], list[Encoded]], tokenizer: Tokenizer, labels: Labels, chosen: Settings,
    state: Path | None = None, watch: list[Encoded] | None = None,
) -> None:  # fmt: skip
    """Train in place on the `lesson` of each epoch; then its state is written to `state`, from where a later call goes on."""
    where = device()
    network.to(where)
    steps = chosen.epochs * -(-len(lesson(0)) // chosen.size)
    optimizer, schedule = _optimizer(network, chosen, steps)
    begin = _resume(network, optimizer, schedule, state)
    noise = Noise(chosen.hide_section, chosen.hide_words)
    for epoch in range(begin, chosen.epochs):
        began, total, found = time.time(), 0.0, lesson(epoch)
        dice = random.Random(f"{chosen.seed} {epoch}")  # noqa: S311 - no secret
        torch.manual_seed(chosen.seed + epoch)
        network.train()
        for some in batches(found, chosen.size, dice):
            optimizer.zero_grad(set_to_none=True)
            with torch.autocast(where.type, torch.bfloat16):
                scores = network(_moved(batch(some, tokenizer, noise, dice), where))
            one = loss(scores, _moved(targets(some, labels), where), labels, chosen.sections)
            one.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += one.item() * len(some)
        told = (
            accuracy(score(network, watch, tokenizer, labels), [one.example for one in watch], labels) if watch else {}
        )
        print(
            f"epoch {epoch + 1}/{chosen.epochs}  loss {total / len(found):.3f}  {time.time() - began:.0f} s  {told}",
            flush=True,
        )
        _keep(network, optimizer, schedule, epoch + 1, state)


def _optimizer(
    network: Network, chosen: Settings, steps: int
) -> tuple[torch.optim.AdamW, torch.optim.lr_scheduler.LambdaLR]:
    encoder = list(network.encoder.parameters())
    known = {id(one) for one in encoder}
    heads = [one for one in network.parameters() if id(one) not in known]
    groups = [{"params": encoder, "lr": chosen.encoder_rate}, {"params": heads, "lr": chosen.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=chosen.decay)
    rise = max(1, int(steps * chosen.warmup))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / rise, max(0.0, (steps - step) / max(1, steps - rise)))
    )
    return optimizer, schedule


def _resume(
    network: Network, optimizer: torch.optim.Optimizer, schedule: torch.optim.lr_scheduler.LambdaLR, state: Path | None
) -> int:
    if state is None or not state.exists():
        return 0
    kept = torch.load(state, weights_only=True, map_location=device())
    network.load_state_dict(kept["network"])
    optimizer.load_state_dict(kept["optimizer"])
    schedule.load_state_dict(kept["schedule"])
    return int(kept["epoch"])


def _keep(
    network: Network, optimizer: torch.optim.Optimizer, schedule: torch.optim.lr_scheduler.LambdaLR, epoch: int,
    state: Path | None,
) -> None:  # fmt: skip
    if state is None:
        return
    values = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}
    part = state.with_suffix(".part")
    torch.save({**values, "epoch": epoch}, part)
    part.replace(state)


def _moved(values: _T, where: torch.device) -> _T:
    return type(values)(**{name: value.to(where) for name, value in vars(values).items()})


def score(network: Network, found: list[Encoded], tokenizer: Tokenizer, labels: Labels, size: int = 64) -> Scores:
    """The scores of every marker of the examples, in their order."""
    network.eval()
    made: dict[int, tuple[np.ndarray, np.ndarray]] = {}
    for some in batches(found, size):
        with torch.no_grad(), torch.autocast(device().type, torch.bfloat16):
            markers, sections = network(_moved(batch(some, tokenizer), device()))
        parts = markers.float().cpu().numpy()
        ends = np.cumsum([len(one.columns) for one in some])
        for one, rows, section in zip(some, np.split(parts, ends[:-1]), sections.float().cpu().numpy(), strict=True):
            made[id(one)] = (rows, section)
    return Scores.joined([made[id(one)] for one in found], labels)


def network_of(folder: Path, labels: Labels, layers: int) -> tuple[Network, Tokenizer]:
    """A network that has learnt nothing yet, over the converted encoder of a folder, and its tokenizer."""
    encoder, tokenizer = load(folder, layers)
    return Network(encoder, tokenizer.get_vocab_size(), labels), tokenizer


def saved(network: Network, labels: Labels, chosen: Settings, folder: Path) -> None:
    """Write what was learnt: fp16 weights without the rows of words, the labels, the settings."""
    folder.mkdir(parents=True, exist_ok=True)
    values = {name: one.half().contiguous().cpu() for name, one in network.state_dict().items() if name != "words"}
    save_file(values, folder / "network.safetensors")
    (folder / "labels.json").write_text(json.dumps(asdict(labels), ensure_ascii=False, indent=1), "utf-8")
    (folder / "settings.json").write_text(json.dumps(asdict(chosen), indent=1), "utf-8")


def restored(folder: Path, encoder: Path) -> tuple[Network, Tokenizer, Labels, Settings]:
    """What `saved` wrote."""
    labels = Labels(
        **{name: tuple(value) for name, value in json.loads((folder / "labels.json").read_text("utf-8")).items()}
    )
    chosen = Settings(**json.loads((folder / "settings.json").read_text("utf-8")))
    network, tokenizer = network_of(encoder, labels, chosen.layers)
    values = {name: one.float() for name, one in load_file(folder / "network.safetensors").items()}
    network.load_state_dict(network.state_dict() | values)
    return network.to(device()), tokenizer, labels, chosen


def learnt(voices: list[Voice], chosen: Settings, encoder: Path, out: Path, watch: list[Voice]) -> None:
    """One run from voices to weights in `out`; `watch` is scored after each epoch."""
    torch.manual_seed(chosen.seed)
    alone, characters = chosen.context == "sentence", chosen.pieces == "characters"

    def windows(epoch: int) -> list[Example]:
        grown = taught(voices, chosen.grown, f"{chosen.seed} {epoch}", chosen.swapped)
        return examples([*grown, *wordings()], alone=alone)

    labels = labels_of([one for epoch in range(3) for one in windows(epoch)])
    network, tokenizer = network_of(encoder, labels, chosen.layers)
    out.mkdir(parents=True, exist_ok=True)
    (out / "voices.json").write_text(json.dumps([voice.name for voice in voices], indent=1), "utf-8")
    watched = encoded(of_voices(watch, alone=alone), tokenizer, characters=characters)
    print(
        f"{len(voices)} voices, {len(windows(0))} windows, {len(labels.figures)} figures, {len(labels.signs)} signs",
        flush=True,
    )
    fit(
        network, lambda epoch: encoded(windows(epoch), tokenizer, characters=characters), tokenizer, labels, chosen,
        out / "state.pt", watched,
    )  # fmt: skip
    saved(network, labels, chosen, out)


def main(arguments: list[str] | None = None) -> None:
    """Train on the voices that are not held out."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, value in asdict(Settings()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    parser.add_argument("--encoder", type=Path, default=Path("out/encoder"))
    parser.add_argument("--out", type=Path, default=Path("out/run"))
    parser.add_argument("--threads", type=int, default=0)
    given = vars(parser.parse_args(arguments))
    encoder, out, threads = given.pop("encoder"), given.pop("out"), given.pop("threads")
    if threads:
        torch.set_num_threads(threads)
    chosen = Settings(**given)
    train, validation, _ = parted(read_voices())
    learnt(train[: chosen.voices or None], chosen, encoder, out, validation)


if __name__ == "__main__":
    main()
