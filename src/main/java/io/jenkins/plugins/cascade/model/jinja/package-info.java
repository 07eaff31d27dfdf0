/**
 * The part of the template language Jinja that chat templates use, with Python's values as transformers runs it. What is not known is refused
 * when a template is read; nothing is rendered differently.
 */
package io.jenkins.plugins.cascade.model.jinja;
