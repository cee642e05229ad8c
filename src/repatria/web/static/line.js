// The page at the line: an act is tried again until the program has answered, and a code is
// read with the camera. Everything works without this script, with the keyboard alone.
//
// What is kept while the program does not answer is the address and the button pressed: ids and
// a word, no name. It is erased as soon as the program has answered.
(() => {
  const page = document.getElementById("line");
  if (!page) return;
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(page.dataset.worker).catch(() => {});

  // ---- an act that is not lost
  const KEPT = "repatria-line-act";
  const notice = document.getElementById("line-waiting");
  const what = document.getElementById("line-waiting-what");
  const buttons = (on) => {
    for (const each of document.querySelectorAll("#line button")) each.disabled = !on;
  };
  const kept = () => {
    try { return JSON.parse(localStorage.getItem(KEPT)); } catch { return null; }
  };
  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const send = async (act) => {
    const body = new URLSearchParams({ ...act.fields, pressed_at: act.at, csrfmiddlewaretoken: token() });
    const answer = await fetch(act.address, { method: "POST", body, credentials: "same-origin" });
    // Refused is an answer too; only silence, or a program that is just starting, is tried again.
    if (answer.status >= 500) throw new Error("starting");
    localStorage.removeItem(KEPT);
    const text = await answer.text();
    if (answer.redirected) { location.assign(answer.url); return; }
    document.open(); document.write(text); document.close();
  };
  const tryAgain = async (act) => {
    notice.hidden = false;
    what.textContent = act.said;
    buttons(false);
    try { await send(act); } catch { setTimeout(() => tryAgain(act), 1500); }
  };
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-kept]");
    if (!form || !event.submitter || !window.fetch) return;
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form, event.submitter));
    delete fields.csrfmiddlewaretoken;
    const act = {
      address: form.getAttribute("action"),
      fields,
      at: new Date().toISOString(),
      said: event.submitter.textContent.trim(),
    };
    localStorage.setItem(KEPT, JSON.stringify(act));
    buttons(false);
    try { await send(act); } catch { tryAgain(act); }
  });
  const left = kept();
  if (left) tryAgain(left);

  // ---- the camera
  const button = document.getElementById("line-camera");
  const video = document.getElementById("line-video");
  const form = document.getElementById("line-find");
  if (!button || !navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) return;
  button.hidden = false;
  const load = (address) => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  const reader = async () => {
    if ("BarcodeDetector" in window) {
      const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
      if (formats.includes("qr_code")) {
        const detector = new BarcodeDetector({ formats: ["qr_code"] });
        return async () => (await detector.detect(video))[0]?.rawValue;
      }
    }
    await load(page.dataset.reader);
    const canvas = document.createElement("canvas");
    const brush = canvas.getContext("2d", { willReadFrequently: true });
    return async () => {
      canvas.width = video.videoWidth;
      canvas.height = video.videoHeight;
      if (!canvas.width) return undefined;
      brush.drawImage(video, 0, 0);
      const seen = brush.getImageData(0, 0, canvas.width, canvas.height);
      return jsQR(seen.data, seen.width, seen.height)?.data;
    };
  };
  button.addEventListener("click", async () => {
    button.disabled = true;
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      const read = await reader();
      video.srcObject = stream;
      video.hidden = false;
      await video.play();
      const look = async () => {
        const found = await read().catch(() => undefined);
        if (!found) { setTimeout(look, 150); return; }
        for (const track of stream.getTracks()) track.stop();
        form.querySelector("input[name=code]").value = found;
        form.requestSubmit();
      };
      look();
    } catch {
      if (stream) for (const track of stream.getTracks()) track.stop();
      button.disabled = false;
      video.hidden = true;
      form.querySelector("input[name=code]").focus();
    }
  });
})();
