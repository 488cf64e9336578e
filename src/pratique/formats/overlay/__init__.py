"""
Merge layers into the tree that a container sees.

The merge does what container engines do on Linux: each layer is unpacked into a directory of its
own (``upper``), where whiteouts are marks, and overlayfs lays the directories over each other
(``merge``). containerd's overlayfs snapshotter, containers-storage's overlay driver (podman,
buildah, CRI-O) and moby's overlay2 agree on this for sound layers. For unsound ones they do not,
nor do engines that unpack every layer into one directory (vfs, native): each such place becomes
an ``Ambiguity``.

Sources: OCI image-spec layer.md; containerd ``pkg/archive/tar.go`` (applyNaive, mkparent,
OverlayConvertWhiteout); containers/storage ``pkg/archive`` (Unpack, overlayWhiteoutConverter);
Linux Documentation/filesystems/overlayfs.rst.
"""
