"""Test write and read bills of materials: CycloneDX and SPDX."""
