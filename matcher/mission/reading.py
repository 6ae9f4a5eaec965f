"""Reads the four files of a mission and ties them together."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corpus.records import Region
from matcher.mission.frame_file import city_of, read_frame
from matcher.mission.people_files import read_delegation, read_preferences, read_targets
from matcher.mission.records import Mission


def read_mission(
    targets: Iterable[Path], delegation: Path, plan: Path, preferences: Path | None, region: Region
) -> Mission:
    """Read and check targets, delegation, plan file and preferences.

    Raises
    ------
    MatcherError
        One sentence that names the file and the place in it, and says what to do.
    """
    read = read_targets(targets)
    members = read_delegation(delegation, region)
    frame = read_frame(plan, members, read)
    wishes = read_preferences(preferences, members, read) if preferences else ()
    cities = {target.id: city for target in read if (city := city_of(target, frame))}
    return Mission(frame, members, read, wishes, cities)
