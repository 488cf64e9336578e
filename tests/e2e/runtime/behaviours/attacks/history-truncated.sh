# title: the history is emptied by truncate(2)
# technique: T1070.003
# expects: history-cleared
# needs: python3
python3 - <<'P'
import os
open("/root/.bash_history","a").close(); os.truncate("/root/.bash_history", 0)
P
