"""
Know the names of licences that are no SPDX identifiers.

Names are folded (see ``_folding``). Sources: Debian's copyright format 1.0, section 7.1.1 (Expat,
the GNU short names); Fedora's list of licences before 2022 (``GPLv2+``, ``ASL 2.0``); the trove
classifiers of Python; the usual ``<license>`` names and addresses of Maven Central's projects; R's
``License`` field ("Writing R Extensions", section 1.1.2). A name that leaves out the version means
any version where its users agreed so (``GPL+``, Debian's ``GPL``); else it becomes a
``LicenseRef-`` that names the family, of which only the class is known.
"""

from functools import cache

from pratique.licences._folding import fold

PUBLIC_DOMAIN = "LicenseRef-public-domain"
PROPRIETARY = "LicenseRef-proprietary"

FAMILIES = frozenset(
    f"LicenseRef-{name}"
    for name in (
        *("public-domain", "proprietary", "BSD", "MPL", "EPL"),
        *("AFL", "CC-BY", "CC-BY-SA", "Elastic"),
    )
)
"""References of ours whose class is known."""
_TABLE = """
MIT: mit | mit x11 | expat | x11 mit | mit expat | mit style | expat mit | mit like | mit modern variant style
MIT: opensource.org mit | opensource.org mit license.php | mit mit | mit expat style | bouncy castle
MIT: new mit | mit modern | mit old style | mit generic | modified mit | as is mit
X11: x11 | mit x consortium | x consortium | x11 distribute modifications variant
MIT-0: mit 0 | mit no attribution | mit no attribution mit 0
ISC: isc | iscl | isc libressl | opensource.org isc | isc style | isc l
LicenseRef-BSD: bsd | bsd style | bsd like | berkeley | bsd variant | opensource.org bsd | modified bsd like | bsd derived
BSD-3-Clause: new bsd | modified bsd | revised bsd | 3 clause bsd | bsd 3 | bsd3 | bsd 3 clause new or revised | bsd new | bsd revised | bsd modified | bsd with no advertising | bsd no advertising | edl 1 | eclipse distribution 1 | bsd 3 clauses | go | edl | new bsd bsd 3 clause | eclipse distribution new bsd | bsd 3 clause modified | opensource.org bsd 3 clause | bsd 3 clause attribution style | eclipse distribution v. 1
BSD-2-Clause: simplified bsd | 2 clause bsd | bsd 2 | bsd2 | freebsd | bsd 2 clause simplified | bsd simplified | bsd 2 clauses | opensource.org bsd 2 clause | bsd 2 clause freebsd
BSD-4-Clause: original bsd | bsd with advertising | bsd 4 | 4 clause bsd | bsd original | bsd 4 clauses | old bsd
BSD-4-Clause-UC: bsd 4 clause uc | bsd with advertising uc
0BSD: 0 clause bsd | bsd 0 clause | zero clause bsd | bsd 0
Apache-2.0: apache | apache 2 | apache2 | asl 2 | asf 2 | al 2 | apache foundation 2 | apache asl 2 | asl | apache2.0 | apl 2 | apl2 | apache 2 0 | apache 2.0.txt | www.apache.org license 2 | www.apache.org license 2.0.txt | www.apache.org license 2.0.html | www.apache.org license 2 .txt | apache v. 2 | asl2.0 | opensource.org apache 2 | asf | apache 2.0
Apache-1.1: apache 1.1 | asl 1.1 | apache v. 1.1
Apache-1.0: apache 1 | asl 1
MPL-1.0: mozilla 1 | mpl 1
MPL-1.1: mozilla 1.1 | mpl 1.1 | mplv1.1 | mozilla mpl 1.1 | www.mozilla.org mpl mpl 1.1.html
MPL-2.0: mozilla 2 | mpl 2 | mplv2.0 | mozilla mpl 2 | www.mozilla.org mpl 2 | mozilla.org mpl 2
LicenseRef-MPL: mozilla | mpl
EPL-1.0: eclipse 1 | epl 1 | eclipse epl 1 | eclipse v. 1 | www.eclipse.org legal epl v10.html | www.eclipse.org legal epl 1.0 | eclipse org epl 1 | common eclipse 1
EPL-2.0: eclipse 2 | epl 2 | eclipse epl 2 | eclipse v. 2 | www.eclipse.org legal epl 2.0 | www.eclipse.org legal epl v20.html
LicenseRef-EPL: eclipse | epl
CDDL-1.0: common development and distribution 1 | cddl 1 | common development and distribution cddl 1 | cddl | common development and distribution
CDDL-1.1: common development and distribution 1.1 | cddl 1.1 | common development and distribution cddl 1.1
CDDL-1.1 OR GPL-2.0-only WITH Classpath-exception-2.0: cddl + gpl 2 with classpath exception | cddl gpl 2 ce | cddl + gpl | cddl gplv2 with classpath exception | cddl + gplv2 with classpath exception | dual consisting of the cddl 1.1 and gpl 2
GPL-2.0-only WITH Classpath-exception-2.0: gpl 2 ce | gpl2 ce | gpl 2 with classpath exception | general gpl 2 with the classpath exception | gpl2 w cpe | gpl 2 w classpath exception | general 2 with classpath exception | gpl 2 with openjdk classpath exception
CPL-1.0: common 1 | cpl 1 | cpl | ibm common 1
Artistic-1.0-Perl: artistic | artistic 1 perl | artistic perl | artistic clarified style
Artistic-1.0: artistic 1
Artistic-2.0: artistic 2
ClArtistic: clarified artistic | artistic clarified
Artistic-1.0-Perl OR GPL-1.0-or-later: perl | perl 5 | perl5 | same terms as perl | same as perl | same as perl itself | same terms as perl itself | artistic or gpl 1 | gpl + or artistic
PSF-2.0: psf | psfl | python foundation | psf 2 | python foundation 2 | psf license
Python-2.0: python 2 | python | cnri python 2 | pythonv2
CNRI-Python: cnri | cnri python
ZPL-2.1: zope | zpl | zpl 2.1 | zope 2.1
ZPL-2.0: zpl 2 | zope 2
Zlib: zlib | zlib libpng | zlib png | libpng zlib | zlib style | zlib with acknowledgement style
Libpng: libpng | png
BSL-1.0: boost | boost 1 | bsl | bsl 1 | boost 1.0
Unlicense: unlicense | un license
WTFPL: wtfpl | wtfpl 2 | do what the fuck you want to | do what the f you want to
CC0-1.0: cc0 | cc0 1 | cc 0 | cc0 1 universal | creative commons cc0 | creative commons zero | creativecommons.org publicdomain zero 1 | public domain cc0 | cc0 1 universal cc0 1 domain dedication | domain per creative commons cc0 | creative commons 1 universal
LicenseRef-public-domain: SUSE-Public-Domain | domain | pd | publicdomain | in domain | public.domain | domain us government | domain dedication
CC-BY-3.0: cc by 3 | creative commons attribution 3 | cc attribution 3
CC-BY-4.0: cc by 4 | creative commons attribution 4 | creative commons attribution 4 international | cc attribution 4
CC-BY-SA-3.0: cc by sa 3 | creative commons attribution sharealike 3
CC-BY-SA-4.0: cc by sa 4 | creative commons attribution sharealike 4
LicenseRef-CC-BY: cc by | creative commons attribution
LicenseRef-CC-BY-SA: cc by sa | creative commons attribution sharealike
OpenSSL: openssl
OLDAP-2.8: openldap | openldap 2.8 | oldap
Sleepycat: sleepycat | berkeley db
OFL-1.1: ofl | sil open font | sil ofl 1.1 | open font 1.1 | ofl 1.1 | sil open font 1.1 | openfont | sil open font 1.1 ofl 1.1
IJG: ijg
curl: curl | mit curl
Vim: vim | charityware
TCL: tcl | tcl tk | tcl bsd
PostgreSQL: postgresql
PHP-3.0: php 3
PHP-3.01: php 3.01 | php
Ruby: ruby
BSD-2-Clause OR Ruby: ruby or bsd 2 clause
NCSA: ncsa | uiuc | university of illinois ncsa open source | ncsa open source | university of illinois
W3C: w3c | w3c notice | w3c document notice
Unicode-DFS-2016: unicode | unicode dfs | ucd
Unicode-3.0: unicode 3
ICU: icu | icu style
FSFAP: fsfap | fsf all permissive | gnu all permissive | all permissive
FSFULLR: fsfullr | unlimited
FSFUL: fsful | fsf unlimited
HPND: hpnd | mit old | historical permission notice and disclaimer | permissive hpnd
Beerware: beerware | beer ware
AFL-2.1: academic free 2.1 | afl 2.1
AFL-3.0: academic free 3 | afl 3
LicenseRef-AFL: afl | academic free afl | academic free
NTP: ntp
SSH-OpenSSH: openssh
BUSL-1.1: business source 1.1 | bsl 1.1 | busl 1.1 | busl | business source
SSPL-1.0: sspl | server side 1 | sspl 1 | server side
Elastic-2.0: elastic 2 | elastic v2 | elv2
LicenseRef-Elastic: elastic
EUPL-1.1: european union 1.1 | eupl 1.1 | european union 1.1 eupl 1.1
EUPL-1.2: european union 1.2 | eupl 1.2 | european union 1.2 eupl 1.2
UPL-1.0: universal permissive 1 | upl 1 | upl | universal permissive
MS-PL: microsoft | ms pl | microsoft ms pl
Plexus: plexus
Info-ZIP: info zip | infozip
bzip2-1.0.6: bzip2 | bzip2 1.0.6
BlueOak-1.0.0: blueoak 1 | blue oak model 1
SMLNJ: smlnj | mlton
LicenseRef-proprietary: proprietary | commercial | unlicensed | see license in license | all rights reserved | other proprietary | closed source | other proprietary license | nvidia proprietary | nonfree | non free | redistributable no modification permitted | freely redistributable without restriction style | oracle technology network | private
GFDL-1.1-or-later: gfdl | fdl | free documentation
GPL-2.0-only: SUSE-GPL-2.0-with-OSI-exception | SUSE-GPL-2.0-with-linking-exception | SUSE-GPL-2.0-with-openssl-exception
GPL-2.0-or-later: SUSE-GPL-2.0+-with-openssl-exception | SUSE-GPL-2.0+-with-sane-exception
GPL-3.0-or-later: SUSE-GPL-3.0+-with-openssl-exception
QPL-1.0: q | qpl | qpl 1 | qt
JSON: json
Xerox: xerox
TCP-wrappers: tcp wrappers
Giftware: giftware
FTL: ftl | freetype | freetype project
CPAL-1.0: cpal | cpal 1 | common attribution 1
OSL-3.0: osl 3 | open 3
LPPL-1.3c: lppl | lppl 1.3c | latex project 1.3c
SISSL: sissl
JasPer-2.0: jasper | jasper 2
MirOS: miros
Bitstream-Vera: bitstream vera
Spencer-94: henry spencer | spencer 94
BSD-3-Clause-LBNL: bsd 3 clause lbnl
libtiff: libtiff
SunPro: sunpro
EFL-2.0: eiffel forum 2
"""

_EXCEPTION_TABLE = """
Classpath-exception-2.0: classpath | classpath exception | classpath exception 2 | cpe | gnu classpath exception | openjdk classpath exception
GCC-exception-3.1: gcc | gcc exception | gcc runtime library exception | gcc exception 3.1 | gcc rle | gcc runtime exception
GCC-exception-2.0: gcc exception 2
LLVM-exception: llvm | llvm exception | llvm exceptions
Bison-exception-2.2: bison | bison exception | bison exception 2.2 | bison parser exception
Autoconf-exception-generic: autoconf | autoconf exception | autoconf data exception | autoconf exception generic | configure
Autoconf-exception-2.0: autoconf exception 2
Autoconf-exception-3.0: autoconf exception 3
Libtool-exception: libtool | libtool exception
Font-exception-2.0: font | font exception | font embedding exception
Linux-syscall-note: linux syscall note | syscall exception | linux syscall note exception
Qt-LGPL-exception-1.1: qt | qt exception | qt lgpl exception
OCaml-LGPL-linking-exception: ocaml | ocaml linking exception | linking exception
Universal-FOSS-exception-1.0: universal foss exception | foss exception
Texinfo-exception: texinfo exception | tex exception
"""


@cache
def names() -> dict[str, str]:
    """Return folded name -> SPDX expression."""
    return _read(_TABLE)


@cache
def exceptions() -> dict[str, str]:
    """Return folded name of an exception -> its SPDX identifier."""
    return _read(_EXCEPTION_TABLE)


def _read(table: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in table.strip().splitlines():
        expression, _, spellings = line.partition(": ")
        for spelling in spellings.split(" | "):
            found.setdefault(fold(spelling), expression)
    return found
