// Reads codes from the camera: by the browser's own reader where it has one, else by jsQR.
const BETWEEN = 180;

async function reader(address) {
  if ("BarcodeDetector" in window) {
    const kinds = await BarcodeDetector.getSupportedFormats().catch(() => []);
    if (kinds.includes("qr_code")) {
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      return async (video) => (await detector.detect(video).catch(() => []))[0]?.rawValue;
    }
  }
  await loaded(address);
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    if (!canvas.width) return undefined;
    pen.drawImage(video, 0, 0);
    const seen = pen.getImageData(0, 0, canvas.width, canvas.height);
    return window.jsQR(seen.data, seen.width, seen.height, { inversionAttempts: "dontInvert" })?.data;
  };
}

const loaded = (address) =>
  new Promise((resolve, reject) => {
    if (window.jsQR) return resolve();
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });

// Shows the picture in `video` and says each code once it is seen; gives back what ends it.
export async function watch(video, address, seen) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  const look = await reader(address);
  let last = "";
  const timer = setInterval(async () => {
    const code = await look(video);
    if (code && code !== last) seen(code);
    last = code ?? last;
  }, BETWEEN);
  return () => {
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
    video.hidden = true;
  };
}
