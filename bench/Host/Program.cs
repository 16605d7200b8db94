using System.Globalization;
using MlKit.Bench.Host;

// What the embedded host itself costs with the reference system: time to the first child, memory after a while, and the
// processor while nothing happens. Each figure is printed beside the limit that MlKit sets itself, as a ratio.
// Arguments: checkout [minutes to wait, 10 by default]. The first start builds and trains; it is not measured.
const double StartLimit = 1.5;
const double MemoryLimit = 120;
const double IdleLimit = 0.01;

var checkout = Path.GetFullPath(args.Length > 0 ? args[0] : ".");
var wait = TimeSpan.FromMinutes(args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 10);
var state = Directory.CreateTempSubdirectory("mlkit-bench-host-").FullName;

using (var warm = HostProcess.Start(checkout, state))
{
    await warm.ReadyAsync();
}

using (var host = HostProcess.Start(checkout, state))
{
    await host.ReadyAsync();
    Print("start to first child", host.ToFirstChild().TotalSeconds, StartLimit, "s");
    await Task.Delay(wait);
    Print($"memory after {wait.TotalMinutes} min", host.Memory(), MemoryLimit, "MB");
    var before = host.Used();
    var window = TimeSpan.FromSeconds(Math.Min(60, wait.TotalSeconds));
    await Task.Delay(window);
    Print("idle processor", (host.Used() - before) / window, IdleLimit, "of a core");
}

Directory.Delete(state, recursive: true);

static void Print(string what, double value, double limit, string unit) =>
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-24} {value,8:0.000} {unit,-10} {value / limit:0.00} of the limit"));
