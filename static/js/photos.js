// Photos before they are sent: made smaller where the browser can read them, shown, taken out again. At most so many.
const LONGEST = 2000;
const QUALITY = 0.82;

/** The picture as a smaller JPEG, upright; as it is when this browser can't read it (a HEIC on many). */
async function smaller(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return { blob, name: `${file.name.replace(/\.\w+$/, "")}.jpg`, seen: true };
  } catch {
    return { blob: file, name: file.name, seen: false };
  }
}

export class Photos {
  /** `changed` is called when a photo came or went. */
  constructor(form, changed) {
    this.all = [];
    this.busy = Promise.resolve();
    this.words = form.dataset;
    this.changed = changed;
    this.parts = document.getElementById("photo-parts")?.content;
    this.boxes = [...form.querySelectorAll("input[type=file][data-photos]")].map((input) => this.box(input));
    this.show();
  }

  box(input) {
    const list = this.parts.querySelector("ul").cloneNode(false);
    const add = this.parts.querySelector("[data-add]").cloneNode(true);
    const said = this.parts.querySelector("[data-said]").cloneNode(true);
    add.querySelector("label").htmlFor = input.id;
    add.querySelector("span").textContent = input.dataset.photos;
    input.before(list, said);
    input.className = "visually-hidden";
    add.append(input);
    list.append(add);
    input.addEventListener("change", () => {
      const files = [...input.files];
      this.busy = this.busy.then(() => this.take(input.name, files, said));
      input.value = "";
    });
    return { list, add, said, field: input.name };
  }

  async take(field, files, said) {
    said.textContent = this.words.photoBusy;
    for (const file of files.slice(0, this.room)) {
      this.all.push({ field, id: file.name + file.size + file.lastModified + this.all.length, ...(await smaller(file)) });
      this.show();
    }
    const over = files.length > 0 && this.all.length >= Number(this.words.photoMost);
    said.textContent = over ? this.words.photoFull : "";
    this.changed();
  }

  get room() {
    return Math.max(0, Number(this.words.photoMost) - this.all.length);
  }

  set(photos) {
    this.all = [...photos];
    this.show();
  }

  show() {
    for (const url of this.urls ?? []) URL.revokeObjectURL(url);
    this.urls = [];
    for (const { list, add, field } of this.boxes) {
      const own = this.all.filter((photo) => photo.field === field);
      list.replaceChildren(...own.map((photo, index) => this.item(photo, index + 1)), add);
      add.hidden = this.room === 0;
    }
  }

  item(photo, number) {
    const item = this.parts.querySelector(photo.seen ? "[data-photo]" : "[data-file]").cloneNode(true);
    if (photo.seen) {
      this.urls.push(URL.createObjectURL(photo.blob));
      item.querySelector("img").src = this.urls.at(-1);
      item.querySelector("img").alt = this.words.photoName.replace("{n}", number);
    } else item.querySelector("span").textContent = photo.name;
    const button = item.querySelector("button");
    button.setAttribute("aria-label", this.words.photoRemove.replace("{n}", number));
    button.addEventListener("click", () => this.drop(photo));
    return item;
  }

  drop(photo) {
    this.all = this.all.filter((each) => each !== photo);
    this.show();
    const { add, said } = this.boxes.find((box) => box.field === photo.field);
    said.textContent = "";
    add.querySelector("input").focus();
    this.changed();
  }
}
