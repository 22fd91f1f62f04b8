"""One module per item type, all of the shape that `shape.ItemType` names. Pure: no Django."""
