using System.Globalization;

namespace MlKit.Tracking.Ui.Charts;

/// <summary>A picture that a run logged at a step, as <c>mlflow.log_image</c> names its files.</summary>
/// <param name="Key">What it shows.</param>
/// <param name="Step">When.</param>
/// <param name="Path">The file.</param>
internal sealed record LoggedImage(string Key, long Step, string Path)
{
    /// <summary>Where those files are.</summary>
    public const string Folder = "images";

    private const string Small = "compressed";

    /// <summary>The pictures among some files; where there is a small copy beside one, that copy.</summary>
    public static IReadOnlyList<LoggedImage> Of(IEnumerable<string> paths) =>
    [
        .. paths.Select(path => (Path: path, Parts: Parts(path))).Where(file => file.Parts is not null)
            .GroupBy(file => (Key: file.Parts![0], Step: file.Parts[2], Time: file.Parts[4], Id: file.Parts[5]))
            .Select(files => new LoggedImage(
                files.Key.Key.Replace('~', '/').Replace('#', '/'), long.Parse(files.Key.Step, CultureInfo.InvariantCulture),
                files.OrderByDescending(file => file.Parts!.Length).First().Path))
            .OrderBy(image => image.Step),
    ];

    /// <summary>KEY+step+N+timestamp+T+ID, and +compressed for a small copy; older clients write % for +.</summary>
    private static string[]? Parts(string path)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        foreach (var separator in "+%")
        {
            if (name.Split(separator) is [_, "step", var step, "timestamp", _, _, ..] parts
                && parts.Length is 6 or 7 && (parts.Length == 6 || parts[6] == Small)
                && long.TryParse(step, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            {
                return parts;
            }
        }

        return null;
    }
}
