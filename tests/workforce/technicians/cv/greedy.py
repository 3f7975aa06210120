"""Stands in for the process that reads files, and asks for more than it may have."""

from __future__ import annotations

import json
import os
import sys
import time

from workforce.technicians.cv.child import limit_self

limit_self()
wanted = sys.stdin.buffer.read()
if wanted == b"memory":
    held = b"x" * 2_000_000_000
elif wanted == b"time":
    time.sleep(600)
elif wanted == b"environment":
    print(json.dumps({"text": " ".join(os.environ) + " letters" * 10}))
elif wanted == b"modules":
    print(json.dumps({"text": " ".join(sys.modules)}))
