#!/usr/bin/env python3
"""Everything that docs/repair.md tells: what is mended, what is broken, and what is left alone.

    bench/repair_report.py --english build/english [--corpus CORPUS] [--sound FOLDER ...]
                           [--statutes sfs.txt.xz] [--made build/english/made] [--out docs/repair.json]

--english has the halves dev and hold of `make english`; CORPUS other texts that an English OCR misread, with
truth; --made documents from grammars (`bench/synth/build.py --half measure --as engtext`), which nobody looks
at. What isn't given is left as the last run told it.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from calibrate_repairs import bands, repairs
from repair import of_foreign, of_ruined, of_sound, ruined_texts
from sound import sound_documents

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--english", type=Path)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--made", type=Path)
    parser.add_argument("--sound", type=Path, nargs="*", default=[])
    parser.add_argument("--statutes", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "repair.json")
    options = parser.parse_args()
    told: dict[str, Any] = json.loads(options.out.read_text()) if options.out.exists() else {}
    told = {"ruined": {}, "sound": {}, **told}
    if options.english:
        for half in ("dev", "hold"):
            told["ruined"][half] = of_ruined([options.english / half], show=0)["groups"]
        kept = repairs(ruined_texts([options.english / "hold"]))
        told["confidence"] = bands([pair for pairs in kept.values() for pair in pairs])
        told["foreign"] = of_foreign([options.english / "dev"])
    if options.corpus:
        told["ruined"]["corpus"] = of_ruined([options.corpus], show=0)["groups"]
    if options.made:
        told["ruined"]["made"] = of_ruined([options.made], show=0)["groups"]
    if options.sound or options.statutes:
        told["sound"] |= of_sound(sound_documents(options.sound, options.statutes), show=20)
    options.out.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{options.out} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
