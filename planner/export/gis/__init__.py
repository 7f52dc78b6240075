"""Maps of a plan: GeoPackage for QGIS, KML for a globe, GPX for a phone."""

from planner.export.gis.write import GisKind, write_gis

__all__ = ["GisKind", "write_gis"]
