// For browsers that cannot run the page: says what to do in place of a page that never answers. Old-style
// JavaScript, because old browsers must understand it.
window.dabiaoTooOld = function (error) {
  var notice = document.createElement("p");
  var isOldMode = !!document.documentMode;
  notice.className = "notice error";
  notice.setAttribute("role", "alert");
  notice.appendChild(document.createTextNode(
    (isOldMode ? "本页在 IE 或兼容模式下打不开。请在浏览器地址栏右侧切换到“极速模式”，或换用较新的 Edge、Chrome、Firefox。"
      : "本页打不开：浏览器可能太旧，或文件不完整。请换用较新的 Edge、Chrome、Firefox，或在 360 等浏览器中切换到极速模式。") +
    " This page needs a recent Edge, Chrome or Firefox." + (error ? " (" + error + ")" : "")));
  document.getElementById("app").appendChild(notice);
};
// The page's own script runs before this and leaves its mark, unless the browser does not understand it.
window.dabiaoCheck = function () {
  if (document.documentMode || !window.dabiaoStore) window.dabiaoTooOld("");
};
if (document.addEventListener) document.addEventListener("DOMContentLoaded", window.dabiaoCheck);
else window.attachEvent("onload", window.dabiaoCheck);
