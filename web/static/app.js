/* Small aids only; every page works without this file. */
(function () {
  "use strict";

  // A second press while the first is on its way would only ask the same again.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post") { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
    });
  });

  // Fields that only one answer needs are shown with that answer.
  function arrange() {
    document.querySelectorAll("[data-shown-if]").forEach(function (part) {
      var wanted = part.dataset.shownIf.split("=");
      var field = document.querySelector("[name='" + wanted[0] + "']:checked") ||
        document.querySelector("select[name='" + wanted[0] + "']");
      part.hidden = !(field && wanted[1].split("|").indexOf(field.value) >= 0);
    });
  }
  document.addEventListener("change", arrange);
  document.addEventListener("DOMContentLoaded", arrange);

  // A long action goes on part by part; without scripts the button does it.
  document.addEventListener("DOMContentLoaded", function () {
    var part = document.querySelector("form[data-go-on]");
    if (part) { part.requestSubmit(); }
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) { window.print(); }
  });

  // After a refusal the reader starts at the summary of what is wrong.
  document.addEventListener("DOMContentLoaded", function () {
    var summary = document.querySelector("[data-focus]");
    if (summary) { summary.focus(); }
  });
}());
