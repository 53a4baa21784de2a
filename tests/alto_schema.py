"""The official schema of ALTO 4.4: 4.3 as it was published, with the two attributes that 4.4 added."""

from pathlib import Path

from lxml import etree

PUBLISHED = Path(__file__).parent / "cases/alto/alto-4-3.xsd"
XSD = "{http://www.w3.org/2001/XMLSchema}"
ADDED = {"LANG": "xsd:language", "ROTATION": "xsd:float"}  # to a page, see the change history of 4.4


def schema() -> etree.XMLSchema:
    published = etree.parse(str(PUBLISHED))
    page = published.find(f"{XSD}complexType[@name='PageType']")
    for name, kind in ADDED.items():
        etree.SubElement(page, XSD + "attribute", name=name, type=kind, use="optional")
    return etree.XMLSchema(published)
