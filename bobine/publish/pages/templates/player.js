(function () {
  "use strict";
  function byId(id) { return document.getElementById(id); }
  var audio = byId("audio"), controls = byId("controls");
  if (!audio || !controls || !audio.play) { return; }
  var items = [].slice.call(document.querySelectorAll("#items [data-at]"));
  var length = Number(audio.getAttribute("data-length")) || 0;
  var now = byId("now"), title = byId("title"), at = byId("at"), said = byId("said"), speed = byId("speed");
  var play = controls.querySelector("[data-do=play]");
  var wanted = null, current = null;

  var saidAt = [].slice.call(document.querySelectorAll(".said [data-at]"));
  var help = byId("help"), keys = byId("keys");

  controls.hidden = false;
  if (help) { help.hidden = false; }
  ["before", "after"].forEach(function (name) {
    controls.querySelector("[data-do=" + name + "]").hidden = !items.length;
  });

  function two(number) { return (number < 10 ? "0" : "") + number; }
  function clock(second) {
    var hours = Math.floor(second / 3600), minutes = Math.floor(second / 60) % 60;
    return (hours ? hours + ":" + two(minutes) : String(minutes)) + ":" + two(Math.floor(second) % 60);
  }
  function place() { return wanted === null ? audio.currentTime : wanted; }
  function itemAt(second) {
    var found = -1;
    for (var i = 0; i < items.length; i++) {
      if (Number(items[i].getAttribute("data-at")) <= second + 0.05) { found = i; }
    }
    return found;
  }
  function show() {
    var second = place(), item = items[itemAt(second)] || null;
    at.textContent = clock(second);
    if (item === current) { return; }
    if (current) { current.removeAttribute("aria-current"); }
    current = item;
    now.hidden = !item;
    if (item) {
      item.setAttribute("aria-current", "true");
      title.textContent = item.querySelector(".what").textContent;
    }
  }
  function seek(second) {
    var last = audio.duration || length || second;
    second = Math.max(0, Math.min(second, last));
    if (audio.readyState > 0) {
      audio.currentTime = second;
    } else {
      wanted = second;
    }
    show();
  }
  function start() {
    var promise = audio.play();
    if (promise && promise.catch) { promise.catch(function () { say("La lecture n’a pas pu commencer."); }); }
  }
  function toggle() { if (audio.paused) { start(); } else { audio.pause(); } }
  function say(sentence) { said.textContent = sentence; }
  function step(by) {
    var number = itemAt(place());
    if (by < 0 && number >= 0 && place() - Number(items[number].getAttribute("data-at")) > 3) { by = 0; }
    var item = items[Math.max(0, number + by)];
    if (item) { seek(Number(item.getAttribute("data-at"))); }
  }
  function fromAddress() {
    var found = /^#t=([0-9]{1,6}(?:\.[0-9]+)?)(?:,|$)/.exec(location.hash);
    var stamp = /^#t=(?:([0-9]{1,2}):)?([0-9]{1,2}):([0-9]{1,2})$/.exec(location.hash);
    if (found) { return Number(found[1]); }
    return stamp ? Number(stamp[1] || 0) * 3600 + Number(stamp[2]) * 60 + Number(stamp[3]) : null;
  }
  function remember(second) {
    if (history.replaceState) { history.replaceState(null, "", "#t=" + Math.floor(second)); }
  }
  function share() {
    var link = location.href.split("#")[0] + "#t=" + Math.floor(place()), field = byId("link");
    remember(place());
    function shown() {
      byId("copy").hidden = false;
      field.value = link;
      field.focus();
      field.select();
      var copied = false;
      try { copied = document.execCommand("copy"); } catch (error) { copied = false; }
      say(copied ? "Lien copié : l’écoute commencera à " + clock(place()) + "." : "Copiez ce lien.");
    }
    if (navigator.clipboard && navigator.clipboard.writeText) {
      navigator.clipboard.writeText(link).then(function () {
        say("Lien copié : l’écoute commencera à " + clock(place()) + ".");
      }, shown);
    } else {
      shown();
    }
  }
  function pace(by) {
    var next = speed.selectedIndex + by;
    if (next >= 0 && next < speed.options.length) { speed.selectedIndex = next; paced(); }
  }
  function paced() { audio.playbackRate = Number(speed.value); }

  var doing = {
    before: function () { step(-1); },
    after: function () { step(1); },
    back: function () { seek(place() - 10); },
    on: function () { seek(place() + 30); },
    play: toggle,
    share: share
  };
  controls.addEventListener("click", function (event) {
    var button = event.target;
    while (button && button !== controls && !button.getAttribute("data-do")) { button = button.parentNode; }
    if (button && button !== controls) { doing[button.getAttribute("data-do")](); }
  });
  items.concat(saidAt).forEach(function (item) {
    item.querySelector(".time").addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) { return; }
      event.preventDefault();
      var second = Number(item.getAttribute("data-at"));
      seek(second);
      remember(second);
      start();
    });
  });
  speed.addEventListener("change", paced);
  audio.addEventListener("loadedmetadata", function () {
    if (wanted !== null) { var second = wanted; wanted = null; audio.currentTime = second; }
    paced();
    show();
  });
  audio.addEventListener("timeupdate", show);
  audio.addEventListener("seeking", show);
  function state() {
    play.textContent = audio.paused ? "Lecture" : "Pause";
    play.setAttribute("aria-pressed", String(!audio.paused));
  }
  audio.addEventListener("play", state);
  audio.addEventListener("pause", state);
  audio.addEventListener("error", function () { say("Le son n’a pas pu être lu : réessayez, ou téléchargez-le."); }, true);
  window.addEventListener("hashchange", function () {
    var second = fromAddress();
    if (second !== null) { seek(second); }
  });

  var heard = true;
  try { heard = localStorage.getItem("touches") !== "non"; } catch (error) { heard = true; }
  if (keys) {
    keys.checked = heard;
    keys.addEventListener("change", function () {
      heard = keys.checked;
      try { localStorage.setItem("touches", heard ? "oui" : "non"); } catch (error) { return; }
    });
  }
  var byKey = {
    " ": toggle, k: toggle, j: doing.back, l: doing.on, ArrowLeft: doing.back, ArrowRight: doing.on,
    p: doing.before, n: doing.after, c: share, "<": function () { pace(-1); }, ">": function () { pace(1); }
  };
  document.addEventListener("keydown", function (event) {
    var name = event.target.tagName, key = event.key && event.key.length === 1 ? event.key.toLowerCase() : event.key;
    var typing = name === "INPUT" || name === "TEXTAREA" || name === "SELECT";
    var own = name === "BUTTON" || name === "A" || name === "SUMMARY" || name === "AUDIO";
    if (!heard || typing || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (own && (key === " " || name === "AUDIO")) { return; }
    if (Object.prototype.hasOwnProperty.call(byKey, key)) { event.preventDefault(); byKey[key](); }
  });

  if ("mediaSession" in navigator && window.MediaMetadata) {
    var cover = document.querySelector(".cover img");
    navigator.mediaSession.metadata = new MediaMetadata({
      title: document.querySelector("h1").textContent,
      artist: document.querySelector(".over").textContent,
      artwork: cover ? [{ src: cover.src }] : []
    });
    [["seekbackward", doing.back], ["seekforward", doing.on], ["previoustrack", doing.before], ["nexttrack", doing.after]]
      .forEach(function (pair) {
        try { navigator.mediaSession.setActionHandler(pair[0], pair[1]); } catch (error) { return; }
      });
  }
  var first = fromAddress();
  if (first !== null) { seek(first); }
  show();
})();
