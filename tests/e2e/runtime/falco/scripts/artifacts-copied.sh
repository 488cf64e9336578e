# rule: Exfiltrating Artifacts via Kubernetes Control Plane
# title: the first process of a session packs files of the container, as kubectl cp has it do
mkdir -p /srv/data; echo x >/srv/data/x; exec tar -C / -cf - srv/data
