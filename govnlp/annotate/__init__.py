"""Passages for people to annotate: which are worth it, what govnlp reads in them, to annotation tools and back."""

from govnlp.annotate.formats import FORMATS, Format, read_tasks, write_annotations, write_tasks
from govnlp.annotate.label_studio_config import config
from govnlp.annotate.select import WAYS, Way, select
from govnlp.annotate.tasks import Task, tasks

__all__ = [
    "FORMATS", "WAYS", "Format", "Task", "Way", "config", "read_tasks", "select", "tasks", "write_annotations",
    "write_tasks",
]  # fmt: skip
