using System.Collections.Frozen;

namespace MlKit.Dashboard.Components.Shared;

/// <summary>The dashboard's pictures: outlines on a 24 by 24 grid, drawn for it.</summary>
internal static class GlyphPaths
{
    private static readonly FrozenDictionary<string, string> Paths = new Dictionary<string, string>
    {
        ["resources"] = "M4 5h7v6H4zM13 5h7v6h-7zM4 13h7v6H4zM13 13h7v6h-7z",
        ["console"] = "M3.5 5h17v14h-17zM7 9.5l3 2.5-3 2.5M12.5 15H17",
        ["logs"] = "M5 6h14M5 10h14M5 14h9M5 18h11",
        ["traces"] = "M4 6h9M8 12h9M13 18h7",
        ["metrics"] = "M4 4v16h16M8 15l4-5 3 3 5-7",
        ["graph"] = "M6 8.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM18 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM6 20.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM8.3 7l7.4 4M8.3 17l7.4-4",
        ["table"] = "M4 5h16v14H4zM4 10h16M4 14.5h16M10 10v9",
        ["play"] = "M7 4.5v15l12-7.5z",
        ["stop"] = "M6 6h12v12H6z",
        ["restart"] = "M19 12a7 7 0 1 1-2.2-5.1M19 4v4.5h-4.5",
        ["more"] = "M5.5 12h.01M12 12h.01M18.5 12h.01",
        ["close"] = "M6 6l12 12M18 6L6 18",
        ["search"] = "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20",
        ["open"] = "M13 4h7v7M20 4l-9 9M9 5H5v14h14v-4",
        ["copy"] = "M9 9h10v11H9zM15 9V4H5v11h4",
        ["theme"] = "M12 3.5a8.5 8.5 0 1 0 0 17zM12 3.5a8.5 8.5 0 0 1 0 17",
        ["help"] = "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM9.7 9.7a2.4 2.4 0 1 1 3.4 2.2c-.8.4-1.1.9-1.1 1.8M12 16.6h.01",
        ["trash"] = "M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7M10.5 10.5v6M13.5 10.5v6",
        ["download"] = "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14",
        ["data"] = "M4.5 6.5c0-1.7 3.4-3 7.5-3s7.5 1.3 7.5 3v11c0 1.7-3.4 3-7.5 3s-7.5-1.3-7.5-3zM4.5 6.5c0 1.7 3.4 3 7.5 3s7.5-1.3 7.5-3M4.5 12c0 1.7 3.4 3 7.5 3s7.5-1.3 7.5-3",
        ["pause"] = "M8 5v14M16 5v14",
        ["down"] = "M6 9l6 6 6-6",
        ["right"] = "M9 6l6 6-6 6",
        ["back"] = "M15 5l-7 7 7 7",
        ["error"] = "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.5v5.5M12 16.4h.01",
        ["warning"] = "M12 4.5L2.8 20h18.4zM12 10v4.5M12 17.3h.01",
        ["details"] = "M4 5h16v14H4zM14 5v14",
        ["key"] = "M14.5 13.5a4.5 4.5 0 1 0-4.2-3L4 16.8V20h3.2v-2.2h2.2v-2.2l2.3-2.3c.8.1 1.8.2 2.8.2zM15.5 8.5h.01",
        ["health"] = "M4 12.5h4l2-5 4 9 2-4h4",
        ["compare"] = "M9 4v16M15 4v16M9 8H4M9 12H5.5M15 8h5M15 12h3.5",
        ["run"] = "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.5V12l3 2",
        ["model"] = "M12 3.5l7.5 4.2v8.6L12 20.5l-7.5-4.2V7.7zM12 12l7.5-4.3M12 12v8.5M12 12L4.5 7.7",
        ["chip"] = "M7 7h10v10H7zM10 3.5V7M14 3.5V7M10 17v3.5M14 17v3.5M3.5 10H7M3.5 14H7M17 10h3.5M17 14h3.5",
        ["filter"] = "M4 5.5h16l-6.2 7.3v5.7l-3.6-2v-3.7z",
        ["command"] = "M5 8l4 4-4 4M11.5 17H19",
        ["image"] = "M4 5h16v14H4zM4 16l5-5 4 4 2.5-2.5L20 17M15.5 9h.01",
    }.ToFrozenDictionary();

    /// <summary>A picture's path; a small arrow where the name is not known.</summary>
    public static string For(string name) => Paths.TryGetValue(name, out var path) ? path : Paths["command"];

    /// <summary>The picture for a command, by what it is called or by the Fluent icon that the AppHost chose.</summary>
    public static string ForCommand(string command, string icon) => command switch
    {
        "start" or "stop" or "restart" => command == "start" ? "play" : command,
        "rebuild" => "restart",
        "parameter-set" => "key",
        _ => icon switch
        {
            "Play" => "play",
            "Stop" => "stop",
            "Delete" => "trash",
            "ArrowCounterclockwise" or "ArrowClockwise" or "ArrowSync" => "restart",
            "Key" => "key",
            _ => "command",
        },
    };
}
