# title: tar is told to run a shell at a checkpoint
# technique: T1202
# expects: tool-runs-command
tar -cf /dev/null /etc/hostname --checkpoint=1 --checkpoint-action=exec=/bin/true
