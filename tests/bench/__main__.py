"""`make bench`: runs every benchmark of this package, or those named: `python -m tests.bench encoder brief`."""

from __future__ import annotations

import sys
from importlib import import_module
from pkgutil import iter_modules

import tests.bench


def main(names: list[str]) -> None:
    """Run the modules that have a `run`, in the order of their names."""
    found = [module.name for module in iter_modules(tests.bench.__path__) if module.name != "__main__"]
    for name in names or sorted(found):
        module = import_module(f"tests.bench.{name}")
        if hasattr(module, "run"):
            print(f"\n{name}: {(module.__doc__ or '').splitlines()[0]}", flush=True)
            module.run()


if __name__ == "__main__":
    main(sys.argv[1:])
