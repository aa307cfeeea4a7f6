(function () {
  "use strict";
  var form = document.getElementById("filters");
  var words = document.getElementById("fw"), source = document.getElementById("fs");
  var speaker = document.getElementById("fp"), kind = document.getElementById("fk");
  var shown = document.getElementById("shown");
  var all = function (selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); };
  form.hidden = false;
  // On a wide screen the filters are always there; on a narrow one they wait behind their heading.
  var fold = document.querySelector(".fold"), wide = window.matchMedia("(min-width: 40.01rem)");
  function unfold() { fold.open = wide.matches; }
  wide.addEventListener("change", unfold);
  unfold();

  function wanted() {
    return { w: words.value.trim().toLowerCase(), s: source.value, p: speaker.value, k: kind.value };
  }
  function fits(item, f) {
    var p = item.dataset.p;
    return (!f.s || item.dataset.s === f.s) && (!f.p || (f.p === "-" ? p === "" : p === f.p)) &&
      (!f.k || item.dataset.k === f.k);
  }
  function holds(item, f) { return !f.w || item.textContent.toLowerCase().indexOf(f.w) >= 0; }
  function show(item, yes) { item.classList.toggle("off", !yes); }

  function apply() {
    var f = wanted(), any = f.w || f.s || f.p || f.k, facts = 0, claims = 0, hits = {};
    var cards = all("[data-fact]");
    cards.forEach(function (card) {
      var yes = holds(card, f) && all(".quote", card).some(function (q) { return fits(q, f); });
      show(card, yes);
      facts += yes ? 1 : 0;
    });
    all(".glance li").forEach(function (item) {
      show(item, !document.getElementById(item.firstElementChild.hash.slice(1)).classList.contains("off"));
    });
    var list = all("#claims li");
    list.forEach(function (item) {
      var yes = fits(item, f) && holds(item, f);
      show(item, yes);
      if (yes) { claims += 1; hits[item.dataset.id] = true; }
    });
    all("#timeline ul li").forEach(function (item) { show(item, fits(item, f) && holds(item, f)); });
    all(".timeline > li").forEach(function (day) { show(day, day.querySelector("ul li:not(.off)")); });
    all(".article").forEach(function (article) {
      var some = false;
      all(".claim", article).forEach(function (piece) {
        var hit = piece.dataset.c.trim().split(" ").some(function (c) { return hits[c]; });
        some = some || hit;
        piece.classList.toggle("dim", any && !hit);
        piece.classList.toggle("hit", Boolean(f.w && hit));
      });
      show(article, !any || some || (!f.p && !f.k && (!f.s || article.dataset.source === f.s) && holds(article, f)));
    });
    all("#sources tbody tr").forEach(function (row) { show(row, !f.s || row.dataset.source === f.s); });
    if (any) { all("details.all").forEach(function (d) { d.open = true; }); }
    shown.textContent = any ? facts + " of " + cards.length + " facts, " + claims + " of " + list.length + " claims" : "";
  }

  // A link into something folded unfolds it; the words of the claim light up.
  function reveal() {
    var id = decodeURIComponent(location.hash.slice(1)), target = id && document.getElementById(id);
    if (!target) { return; }
    if (target.closest(".off")) { form.reset(); apply(); }
    for (var node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") { node.open = true; }
    }
    all(".claim.hit").forEach(function (piece) { piece.classList.remove("hit"); });
    if (target.classList.contains("at")) {
      all(".claim").forEach(function (piece) {
        if ((" " + piece.dataset.c).indexOf(" " + id + " ") >= 0) { piece.classList.add("hit"); }
      });
    }
    target.scrollIntoView();
  }

  var timer;
  form.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(apply, 80); });
  form.addEventListener("reset", function () { setTimeout(apply, 0); });
  form.addEventListener("submit", function (event) { event.preventDefault(); apply(); });
  window.addEventListener("hashchange", reveal);
  var folded = [];
  window.addEventListener("beforeprint", function () {
    folded = all(".card details, details.card").filter(function (d) { return !d.open; });
    folded.forEach(function (d) { d.open = true; });
  });
  window.addEventListener("afterprint", function () { folded.forEach(function (d) { d.open = false; }); });
  reveal();
})();
