using MlKit.TrainingWorker;
using MlKit.TrainingWorker.Commands;

if (args.Contains("--help"))
{
    Console.WriteLine(TrainingOptions.Help);
    return ExitCode.Done;
}

return args is ["benchmark", .. var rest]
    ? await BenchmarkCommand.RunAsync(rest)
    : await TrainingProgram.RunAsync(args);
