"""Read the packages of Swift: SwiftPM and CocoaPods."""
