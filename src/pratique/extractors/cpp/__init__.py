"""Read packages of C and C++: Conan and vcpkg."""
