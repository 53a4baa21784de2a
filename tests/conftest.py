"""What all tests share: the folder of the factories on the path, a cache of their own."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
