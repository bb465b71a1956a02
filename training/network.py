"""The network: the encoder over a window, and heads that read the hidden state of each marker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import BertModel

from training.examples import Labels


@dataclass(frozen=True)
class Batch:
    """Windows as numbers: `ids` and `mask` of shape [windows, tokens]; `rows`, `columns` the place of each marker."""

    ids: Tensor
    mask: Tensor
    rows: Tensor
    columns: Tensor


class Network(nn.Module):
    """Scores of the markers of windows, [markers, classes]: figures, signs, periods, scopes; and of windows: sections.

    The rows of words stay as they were learnt, so that a synonym that the corpus lacks stays near its like; markers learn.
    """

    def __init__(self, encoder: BertModel, vocabulary: int, labels: Labels, dropout: float = 0.1) -> None:
        super().__init__()
        rows = encoder.embeddings.word_embeddings.weight.detach()
        extra = vocabulary - len(rows)
        self.register_buffer("words", rows.clone())
        self.markers = nn.Parameter(rows.mean(0) + 0.02 * torch.randn(extra, rows.shape[1]))
        encoder.embeddings.word_embeddings = nn.Embedding(1, rows.shape[1])
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.heads = Heads(rows.shape[1], labels)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Scores of the markers and of the sections."""
        hidden = self.encoder(inputs_embeds=self.embedded(batch.ids), attention_mask=batch.mask).last_hidden_state
        with torch.autocast(hidden.device.type, enabled=False):
            markers, firsts = hidden[batch.rows, batch.columns].float(), hidden[:, 0].float()
            return self.heads(self.dropout(markers), self.dropout(firsts))

    def embedded(self, ids: Tensor) -> Tensor:
        """The vectors of tokens, before their positions are added."""
        words = self.get_buffer("words")
        known = len(words)
        return torch.where(
            (ids < known)[..., None], words[ids.clamp(max=known - 1)], self.markers[(ids - known).clamp(min=0)]
        )


class Heads(nn.Module):
    """Linear heads. A class is the sum of what its name is made of, so that rare indicators learn from their kin."""

    def __init__(self, width: int, labels: Labels) -> None:
        super().__init__()
        parts = sorted({part for name in (*labels.figures, *labels.signs) for part in named_parts(name)})
        self.register_buffer("figure_parts", incidence(labels.figures, parts))
        self.register_buffer("sign_parts", incidence(labels.signs, parts))
        self.shared = nn.Parameter(0.02 * torch.randn(len(parts), width))
        self.signs = nn.Parameter(torch.zeros(len(parts), width))
        self.figure_bias = nn.Parameter(torch.zeros(len(labels.figures)))
        self.sign_bias = nn.Parameter(torch.full((len(labels.signs),), -5.0))
        self.rest = nn.Linear(width, len(labels.periods) + len(labels.scopes))
        self.sections = nn.Linear(width, len(labels.sections))

    def forward(self, markers: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of markers, side by side, and of windows."""
        return nn.functional.linear(markers, *self.joined()), self.sections(firsts)

    def joined(self) -> tuple[Tensor, Tensor]:
        """Weight and bias of one linear layer that does the same."""
        figure_parts, sign_parts = self.get_buffer("figure_parts"), self.get_buffer("sign_parts")
        weights = [figure_parts @ self.shared, sign_parts @ (self.shared + self.signs), self.rest.weight]
        return torch.cat(weights), torch.cat([self.figure_bias, self.sign_bias, self.rest.bias])


def named_parts(name: str) -> set[str]:
    """What the name of an indicator is made of.

    >>> sorted(named_parts("applications.new.total"))
    ['*new', '*total', 'applications', 'applications.new', 'applications.new.total']
    """
    words = name.split(".")
    heads = {".".join(words[:size]) for size in range(1, len(words) + 1)}
    return heads | {f"*{word}" for word in words[1:]}


def incidence(names: Sequence[str], parts: list[str]) -> Tensor:
    """Which name holds which part: [names, parts]."""
    places = {part: place for place, part in enumerate(parts)}
    found = torch.zeros(len(names), len(parts))
    for row, name in enumerate(names):
        for part in named_parts(name):
            found[row, places[part]] = 1.0
    return found
