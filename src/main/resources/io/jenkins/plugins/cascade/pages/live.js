/* Follows a running build: asks for the report's body again until the build has ended. */
(function () {
  "use strict";

  const PERIOD = 10000;
  const LONGEST = 60000;

  /* What the reader has unfolded stays unfolded; sections and their parts keep their order while a build goes on. */
  function unfolded(root) {
    return Array.from(root.querySelectorAll("details")).map((details) => details.open);
  }

  function replace(root, markup) {
    const open = unfolded(root);
    root.innerHTML = markup;
    root.querySelectorAll("details").forEach((details, place) => {
      details.open = open[place] === true;
    });
  }

  function isBeingRead(root) {
    const selection = window.getSelection();
    return document.hidden || (!selection.isCollapsed && root.contains(selection.anchorNode));
  }

  async function refresh(root) {
    const response = await fetch(root.dataset.url, { credentials: "same-origin", cache: "no-store" });
    if (!response.ok) {
      throw new Error("The report could not be read: " + response.status);
    }
    const markup = await response.text();
    replace(root, markup);
    return response.headers.get("Cascade-Live") === "true";
  }

  function follow(root, wait) {
    window.setTimeout(async () => {
      if (isBeingRead(root)) {
        follow(root, PERIOD);
        return;
      }
      try {
        if (await refresh(root)) {
          follow(root, PERIOD);
        } else {
          root.dataset.live = "false";
        }
      } catch (error) {
        console.warn(error);
        follow(root, Math.min(LONGEST, 2 * wait));
      }
    }, wait);
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".cascade-live[data-live='true']").forEach((root) => follow(root, PERIOD));
  });
})();
