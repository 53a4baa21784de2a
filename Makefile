# Daily commands. `make` alone lists them.
BIN := .venv/bin
CORPUS ?= ../shared
REAL ?= ../shared/real
LEVELS ?= 5
LAYERS ?= 3
COUNT ?= 200
KILLS ?= 100
SECONDS ?= 600
NASTY ?= ../shared/nasty
FILES ?= 2050
PAPER ?=
STATUTES ?= $(wildcard ../shared/text/sfs.txt.xz)
BOOK ?= build/book/usr/share/doc/cfi-sv/cfi.html
SOUND ?= $(wildcard ../shared/seeds/00[023]_*.txt ../shared/corpus/files/*--born.pdf)

.DEFAULT_GOAL := help
.PHONY: help setup run test check format score score-save scans synth confidence model english repair reading quality bench real golden notebooks lexicon samples chaos archive fuzz hostile docs lock clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install Tesseract where apt and rights allow it, and Python packages in .venv (seconds once done)
	@bash scripts/setup.sh

run: setup ## data/raw -> data/extracted
	$(BIN)/namnd run

test: setup ## all tests; fails where they run less than 90 % of the lines of pipeline/
	$(BIN)/pytest --cov=pipeline --cov-report=term:skip-covered --cov-fail-under=90

check: setup ## format, lint, types, import layers, documentation
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/build_docs.py --check

format: setup ## let ruff format and mend what it can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

score: setup ## score the development corpus and show the change since docs/figures.json
	$(BIN)/python scripts/score.py $(CORPUS)

score-save: setup ## the same, and keep the figures in docs/figures.json
	$(BIN)/python scripts/score.py $(CORPUS) --save
	$(BIN)/python scripts/build_docs.py

scans: setup ## typeset and scan documents of our own into build/scans, LEVELS=5 scanners for each text
	@bash scripts/fonts.sh
	$(BIN)/python bench/scans/build.py build/scans/dev --levels $(LEVELS)
	$(BIN)/python bench/scans/build.py build/scans/more --seed 1 --levels $(LEVELS)
	$(BIN)/python bench/scans/build.py build/scans/layers --seed 2 --levels $(LAYERS) --of layers texts
	$(BIN)/python bench/scans/build.py build/scans/hard --seed 3 --levels 2 --of ruined telefax
	$(BIN)/python bench/scans/build.py build/scans/damaged --seed 4 --levels 5 --of plain mojibake garbled typos bare
	$(BIN)/python bench/scans/build.py build/scans/hold --half hold --levels $(LEVELS)
	$(BIN)/python bench/scans/build.py build/scans/hold-layers --half hold --seed 2 --levels $(LAYERS) --of layers texts

synth: setup ## make documents with exact facts from grammars in build/synth, as text and, with PAPER="pdf scan engtext", on paper
	$(BIN)/python bench/synth/build.py build/synth/develop --count $(COUNT) --as text $(PAPER)
	$(BIN)/python bench/synth/build.py build/synth/measure --half measure --count $(COUNT) --as text $(PAPER)

confidence: setup ## fit what confidences are worth on made documents, measure that and each part of extraction
	$(BIN)/python bench/synth/build.py build/synth/paper --half measure --count $(COUNT) --seed 5 --as text pdf scan engtext
	$(BIN)/python bench/synth/build.py build/synth/texts --half measure --count 1000 --seed 11 --as text
	$(BIN)/python bench/calibrate.py gather build/synth/paper build/synth/texts --to build/facts.pickle
	$(BIN)/python bench/calibrate.py gather build/synth/paper --to build/paper.pickle
	$(BIN)/python bench/calibrate.py fit build/facts.pickle --as-in build/paper.pickle --write
	$(BIN)/python bench/calibrate.py measure build/paper.pickle --write
	$(BIN)/python bench/ablate.py build/synth/paper --write
	$(BIN)/python scripts/build_docs.py

model: setup ## train the small model of names in pipeline/extract/data/names, NEWS=ner-news-train.tsv.xz
	$(BIN)/python bench/names/train.py $(if $(NEWS),--news $(NEWS))

english: setup build/english/dev build/english/hold build/english/made ## typeset, scan and misread documents of our own with an English OCR into build/english: dev for work, hold for final figures

build/english/made:
	$(BIN)/python bench/synth/build.py $@ --count 30 --half measure --as engtext --seed 5150

build/english/%:
	$(BIN)/python bench/scans/english.py $@ --half $*

repair: setup english ## fit the confidence of repairs, measure what the cleaner mends, breaks and leaves alone into docs/repair.md
	$(BIN)/python bench/calibrate_repairs.py fit build/english/dev $(if $(STATUTES),--statutes $(STATUTES)) --write
	$(BIN)/python bench/repair_report.py --english build/english --made build/english/made $(if $(wildcard $(CORPUS)/corpus),--corpus $(CORPUS)/corpus) \
	  $(if $(SOUND),--sound $(SOUND)) $(if $(STATUTES),--statutes $(STATUTES))
	$(if $(STATUTES),$(BIN)/python bench/other_ruin.py $(STATUTES) --out docs/ruin.json)
	$(BIN)/python scripts/build_docs.py

reading: setup ## words, letters, digits and signs read right by scanner level and face (after make scans)
	@test -d build/scans/dev/files || { echo 'make reading: run make scans first' >&2; exit 1; }
	$(BIN)/python bench/reading.py build/scans/dev

quality: setup ## fit the quality estimate on what make scans made, and measure it on the half kept for that
	@test -d build/scans/hold-layers/files || { echo 'make quality: run make scans first' >&2; exit 1; }
	$(BIN)/python bench/quality.py gather $(addprefix build/scans/,dev more layers hard damaged)
	$(BIN)/python bench/quality.py fit --write
	$(BIN)/python bench/quality.py measure build/scans/hold build/scans/hold-layers

bench: setup build/peers build/english/dev ## speed, memory and wrong words beside Tesseract, OCRmyPDF, kreuzberg, pdfplumber, ftfy, symspellpy and hunspell
	$(BIN)/python bench/run.py --corpus $(CORPUS)/corpus
	$(BIN)/python scripts/build_docs.py

build/peers: bench/peers.lock
	rm -rf $@ && $(BIN)/python -m venv $@ && $@/bin/pip install --quiet --require-hashes -r $<
	touch $@

real: setup ## read a folder of real PDFs, REAL=../shared/real, and write how it went into docs/real.md
	$(BIN)/python scripts/real.py $(REAL)

chaos: setup ## kill runs over 60 texts and data/raw, KILLS=100 times, and write how it went into docs/faults.md
	rm -rf build/chaos && mkdir -p build/chaos
	$(BIN)/python bench/synth/build.py build/chaos/texts --count 60 --as text
	cp -r data/raw build/chaos/texts/files
	$(BIN)/python bench/chaos.py build/chaos/texts/files --kills $(KILLS) --out docs/chaos.json
	$(BIN)/python scripts/build_docs.py

archive: setup ## run over 1 000, 5 000, 20 000 made texts and a PDF of 3 000 pages, and by one and two Dask workers, for docs/faults.md and docs/scale.md
	$(BIN)/python bench/archive.py --out docs/archive.json
	$(BIN)/python bench/cluster.py --out docs/cluster.json
	$(BIN)/python scripts/build_docs.py

fuzz: setup ## feed cleaner, extractors and readers with broken input for SECONDS=600; findings are kept in build/fuzz
	$(BIN)/python bench/fuzz/run.py --seconds $(SECONDS) --out build/fuzz

hostile: setup ## run over NASTY=../shared/nasty, attacks of our own and damaged copies, FILES=2050 in all, and write how it went into docs/faults.md
	$(BIN)/python bench/hostile.py $(NASTY) --count $(FILES) --out docs/hostile.json
	$(BIN)/python scripts/build_docs.py

golden: setup ## rebuild the expected tables in tests/golden from data/raw and show what changed
	$(BIN)/python scripts/golden.py

notebooks: setup ## execute the notebooks into build/; those in notebooks/ stay without output
	mkdir -p build
	$(BIN)/jupyter execute --output ../build/{notebook_name} notebooks/*.ipynb

lexicon: setup ## rebuild the word lists of pipeline/lexicon from STATUTES=sfs.txt.xz NEWS=ner-news-train.tsv.xz and a book that Debian has
	@test -f $(BOOK) || (mkdir -p build/book && cd build/book && apt-get download cfi-sv && dpkg-deb -x cfi-sv_*.deb .)
	$(BIN)/python -m pipeline.lexicon.build $(STATUTES) $(NEWS) $(BOOK)

samples: setup ## rebuild the sample documents in data/raw
	$(BIN)/python data/samples/build.py

docs: setup ## rebuild what docs/ takes from the code and from runs: flags, tables, settings, commands, figures
	$(BIN)/python scripts/build_docs.py

lock: | $(BIN)/python ## resolve the dependencies anew into requirements.lock
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header --quiet -o requirements.lock
	$(BIN)/uv pip compile bench/peers.txt --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header --quiet -o bench/peers.lock

# Not by way of setup: a lock that can't be installed has to be mended from here.
$(BIN)/python:
	@bash scripts/setup.sh

clean: ## remove the environment, caches and build products; keeps data
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*
