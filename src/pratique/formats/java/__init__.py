"""
Read the small files that Java build tools put into archives: manifests, pom.properties, pom.xml.
"""
