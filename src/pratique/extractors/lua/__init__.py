"""Read packages of Lua: rocks that LuaRocks installed."""
