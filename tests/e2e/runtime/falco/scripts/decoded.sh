# rule: Decoding Payload in Container
# title: a text is decoded
echo dHJ1ZQ== | base64 -d
