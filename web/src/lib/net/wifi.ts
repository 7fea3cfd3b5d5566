/* The hall's Wi-Fi; without a name there is none. */
import { flag, object, text } from './shape';

export const wifiSays = { name: text, password: text, shown: flag };
export const wifi = object(wifiSays);
