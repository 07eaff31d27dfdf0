/**
 * Decoder-only transformers (Llama, Qwen2, Qwen3) that train and generate on libtorch: Java owns the weights, the batches and the
 * sampling loop, and writes the TorchScript program that {@link ai.djl.pytorch.engine.PtEngine} runs. Models are read from and
 * written to Hugging Face folders, so that every checkpoint opens in Python's transformers with the same logits.
 */
package io.jenkins.plugins.cascade.model;
