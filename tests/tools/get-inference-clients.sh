#!/usr/bin/env bash
# The real tritonclient, in .tools/python-inference.
exec "$(dirname "$0")/python-client.sh" python-inference "tritonclient.http, tritonclient.grpc" "tritonclient[http,grpc]"
