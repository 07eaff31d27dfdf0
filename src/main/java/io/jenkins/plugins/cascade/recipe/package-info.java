/**
 * What a stage is: immutable settings with the paper's values as presets, canonical JSON, the content key, and the files through which
 * a trainer and whoever follows it talk. Knows no other package.
 */
package io.jenkins.plugins.cascade.recipe;
