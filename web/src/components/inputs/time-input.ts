import { momentKind } from "./moment-field.ts";

export const KIND = momentKind({
  type: "time",
  control: "time",
  form: /^\d{2}:\d{2}(:\d{2})?$/,
});
