using System.Globalization;
using MlKit.Mlflow;

// Logs to a run, as a training script would, and ends without a word of good-bye to the logger.
// usage: RunLoggerProgram TRACKING_URI RUN_ID COUNT
var client = new MlflowClient(new HttpClient { BaseAddress = new Uri(args[0]) });
var logger = new RunLogger(client, args[1]);
for (var step = 0; step < int.Parse(args[2], CultureInfo.InvariantCulture); step++)
{
    logger.LogMetric("loss", 1.0 / (step + 1), step);
}

return 0;
