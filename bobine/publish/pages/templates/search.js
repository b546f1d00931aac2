(function () {
  "use strict";
  function byId(id) { return document.getElementById(id); }
  var find = byId("find"), field = byId("words"), found = byId("found");
  var entries = byId("entries"), results = byId("results");
  if (!find || !field || !entries) { return; }
  var MOST = 50;
  var indexes = find.getAttribute("data-indexes").split(" ").filter(Boolean);
  var known = {}, listed = [].slice.call(entries.querySelectorAll("[data-entry]")), turn = 0;

  find.hidden = false;

  function plain(text) {
    text = text.toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/[’‘]/g, "'");
    return text.normalize ? text.normalize("NFD").replace(/[\u0300-\u036f]/g, "") : text;
  }
  function date(day) {
    try {
      return new Date(day + "T12:00:00").toLocaleDateString("fr", { day: "numeric", month: "long", year: "numeric" });
    } catch (error) { return day; }
  }
  function line(episode) {
    var li = document.createElement("li"), div = document.createElement("div"), title = document.createElement("h3");
    var link = document.createElement("a"), about = document.createElement("p");
    li.className = "entry";
    link.href = episode[0];
    link.textContent = episode[1];
    about.className = "soft";
    about.textContent = date(episode[2]);
    title.appendChild(link);
    div.appendChild(title);
    div.appendChild(about);
    li.appendChild(div);
    return li;
  }
  function holds(text, words) { return words.every(function (word) { return text.indexOf(word) >= 0; }); }
  function tell(count, whole) {
    found.textContent = (count === 0 ? "Aucune émission" : count === 1 ? "1 émission"
      : (count > MOST ? "Plus de " + MOST : count) + " émissions") + (whole ? "." : "…");
  }
  function read(address, done) {
    if (known[address]) { done(known[address]); return; }
    var request = new XMLHttpRequest();
    request.open("GET", address);
    request.onload = function () {
      try {
        known[address] = JSON.parse(request.responseText).episodes.map(function (one) {
          return [one[0], one[1], one[2], plain(one[1] + " " + one[2] + " " + date(one[2]) + " " + one[3])];
        });
        done(known[address]);
      } catch (error) { done(null); }
    };
    request.onerror = function () { done(null); };
    request.send();
  }
  function inPage(words) {
    var count = 0;
    results.hidden = true;
    entries.hidden = false;
    listed.forEach(function (one) {
      one.hidden = !holds(plain(one.textContent), words);
      count += one.hidden ? 0 : 1;
    });
    tell(count, true);
  }
  function search() {
    var words = plain(field.value).split(/\s+/).filter(Boolean), mine = ++turn, count = 0, missing = false;
    listed.forEach(function (one) { one.hidden = false; });
    results.textContent = "";
    if (!words.length) {
      results.hidden = true;
      entries.hidden = false;
      found.textContent = "";
      return;
    }
    function next(number) {
      if (mine !== turn) { return; }
      if (number >= indexes.length || count > MOST) {
        if (missing && !count) { inPage(words); } else { tell(count, true); }
        return;
      }
      read(indexes[number], function (episodes) {
        if (mine !== turn) { return; }
        if (!episodes) {
          missing = true;
          if (number === 0) { inPage(words); return; }
        } else {
          episodes.forEach(function (one) {
            if (holds(one[3], words)) {
              count += 1;
              if (count <= MOST) { results.appendChild(line(one)); }
            }
          });
          entries.hidden = true;
          results.hidden = false;
          tell(count, false);
        }
        next(number + 1);
      });
    }
    next(0);
  }
  var waiting = null;
  field.addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(search, 150);
  });
})();
