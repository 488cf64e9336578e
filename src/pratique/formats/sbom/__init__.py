"""Write and read bills of materials: CycloneDX and SPDX."""
