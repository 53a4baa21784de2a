"""Labelled pages for the question whether a PDF page's own text can be believed.

`labelled.py` puts them together: texts of many kinds and languages (`texts/`, written for this project,
filled in with invented names and sums by `pages.py`), what goes wrong with text layers (`damage.py`), real
OCR of such pages (`ocr.py`), on paper and with pictures (`paper.py`). Families of texts belong to one half:
`fit` is fitted on, `measure` is only measured on. A fourth set is drawn by chance (`drawn_set.py`, from the
pieces of `drawn.py` and the damage of `drawn_damage.py`).
"""
