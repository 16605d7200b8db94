using MlKit.TrainingWorker;
using MlKit.TrainingWorker.Commands;

if (args.Contains("--help"))
{
    Console.WriteLine(TrainingOptions.Help);
    return ExitCode.Done;
}

return args switch
{
    ["benchmark", .. var rest] => await BenchmarkCommand.RunAsync(rest),
    ["evaluate", .. var rest] => await EvaluateCommand.RunAsync(rest),
    ["upload", .. var rest] => await UploadCommand.RunAsync(rest),
    _ => await TrainingProgram.RunAsync(args),
};
