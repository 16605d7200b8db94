using System.Collections.Frozen;

namespace MlKit.Tracking.Ui.Parts;

/// <summary>The UI's pictures: outlines on a 24 by 24 grid, in the manner of the dashboard's.</summary>
internal static class GlyphPaths
{
    private static readonly FrozenDictionary<string, string> Paths = new Dictionary<string, string>
    {
        ["experiment"] = "M10 4v6l-5 8.5A1 1 0 0 0 6 20h12a1 1 0 0 0 .9-1.5L14 10V4M8.5 4h7M7.5 15h9",
        ["model"] = "M12 3.5l7.5 4.2v8.6L12 20.5l-7.5-4.2V7.7zM4.5 7.7L12 12l7.5-4.3M12 12v8.5",
        ["theme"] = "M12 3.5a8.5 8.5 0 1 0 0 17zM12 3.5a8.5 8.5 0 0 1 0 17",
        ["help"] = "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM9.7 9.7a2.4 2.4 0 1 1 3.4 2.2c-.8.4-1.1.9-1.1 1.8M12 16.6h.01",
        ["search"] = "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20",
        ["close"] = "M6 6l12 12M18 6L6 18",
        ["copy"] = "M9 9h10v11H9zM15 9V4H5v11h4",
        ["columns"] = "M4 5h16v14H4zM9.5 5v14M14.5 5v14",
        ["chart"] = "M4 4v16h16M8 15l4-5 3 3 5-7",
        ["table"] = "M4 5h16v14H4zM4 10h16M4 14.5h16M10 10v9",
        ["compare"] = "M9 4v16M15 4v16M9 8H4M9 12H5.5M15 8h5M15 12h3.5",
        ["download"] = "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14",
        ["trash"] = "M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7M10.5 10.5v6M13.5 10.5v6",
        ["restore"] = "M5 12a7 7 0 1 0 2.2-5.1M5 4v4.5h4.5",
        ["edit"] = "M5 19l1-4L16.5 4.5l3 3L9 18zM14 7l3 3",
        ["add"] = "M12 5v14M5 12h14",
        ["folder"] = "M3.5 6h6l2 2.5h9V19h-17z",
        ["file"] = "M6 3.5h8l4 4V20.5H6zM14 3.5v4h4",
        ["right"] = "M9 6l6 6-6 6",
        ["left"] = "M15 6l-6 6 6 6",
        ["up"] = "M6 14l6-6 6 6",
        ["down"] = "M6 10l6 6 6-6",
        ["error"] = "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.5v5.5M12 16.4h.01",
        ["tag"] = "M4 12.5V4.5h8l8 8-8 8zM8 8.5h.01",
        ["pin"] = "M9 3.5h6l-1 6 3 3.5H7l3-3.5zM12 13v7.5",
        ["eye"] = "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
        ["hidden"] = "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM4 20L20 4",
        ["group"] = "M4 4.5h16v4H4zM4 11h10M4 15h10M4 19h10",
        ["reload"] = "M19 12a7 7 0 1 1-2.2-5.1M19 4v4.5h-4.5",
        ["full"] = "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
        ["image"] = "M4 5h16v14H4zM4 16l5-5 4 4 2.5-2.5L20 17M15 9h.01",
        ["child"] = "M6 4v9h11M13 9l4 4-4 4",
    }.ToFrozenDictionary();

    public static string For(string name) => Paths.GetValueOrDefault(name, Paths["file"]);
}
