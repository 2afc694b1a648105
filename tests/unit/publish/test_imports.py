from __future__ import annotations

import os
import subprocess
import sys


def test_importing_the_formats_imports_no_format_library() -> None:
    code = "import sys, whence.publish; print(*sorted({m.partition('.')[0] for m in sys.modules}))"
    env = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    found = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert "whence" in found.stdout.split()
    assert not {"rich", "pyarrow", "lxml", "numpy", "jinja2"} & set(found.stdout.split())
