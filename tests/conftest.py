"""What the tests share: where the repository is, and Hypothesis without a deadline (pages take their time)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "pages", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("pages")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the repository."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def seeds(repository: Path) -> Path:
    """The folder of real reports beside the repository; tests that need it are skipped where it is missing."""
    folder = repository.parent / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip("the real reports (../shared/seeds) are not here")
    return folder
