using System.Diagnostics;
using System.Globalization;

// What publishing the reference topology takes after the build: the median of several runs of the AppHost as a process of
// its own, beside the limit of 3 s that MlKit sets itself, and beside the raw limit: the same process with a step that
// does not exist, which composes the application, looks for the step and ends.
// Arguments: checkout [runs, 7 by default].
const double Limit = 3;

var checkout = Path.GetFullPath(args.Length > 0 ? args[0] : ".");
var runs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 7;
var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
var program = Path.Combine(checkout, "AppHost", "bin", framework.Parent!.Name, framework.Name, "AppHost.dll");
var folder = Directory.CreateTempSubdirectory("mlkit-bench-publish-").FullName;

var raw = Median(1, "--step", "no-such-step");
Print("start and end", raw);
foreach (var format in (string[])["helm", "manifests", "kustomize"])
{
    Print($"publish as {format}", Median(0, "--step", "publish", "--output-format", format, "--output-path", Path.Combine(folder, format)));
}

Print("check", Median(0, "--step", "check", "--manifests", Path.Combine(folder, "manifests")));
Directory.Delete(folder, recursive: true);

double Median(int expected, params string[] arguments)
{
    var times = new List<double>();
    for (var run = 0; run < runs; run++)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "--operation", "publish", .. arguments])
        {
            WorkingDirectory = checkout,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        times.Add(clock.Elapsed.TotalSeconds);
        if (process.ExitCode != expected)
        {
            throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}: {output}{error.Result}");
        }
    }

    return times.Order().ElementAt(runs / 2);
}

void Print(string what, double seconds) => Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"{what,-24} {seconds,8:0.00} s  {seconds / Limit:0.00} of the limit  {seconds / raw:0.0} times the raw limit"));
